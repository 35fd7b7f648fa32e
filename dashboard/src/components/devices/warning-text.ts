import { useTranslation } from 'react-i18next';
import { de } from '@/i18n/de';

type WarningCode = keyof typeof de.common.warning;

function isKnown(code: string): code is WarningCode {
  return code in de.common.warning;
}

/** The reason of a warning in words; a code newer than this page is shown as it came. */
export function useWarningText() {
  const { t } = useTranslation();
  return (code: string) => (isKnown(code) ? t(`warning.${code}`) : code);
}
