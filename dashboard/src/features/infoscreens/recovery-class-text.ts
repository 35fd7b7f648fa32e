import { useTranslation } from 'react-i18next';
import { de } from '@/i18n/de';

type RecoveryClass = keyof typeof de.infoscreens.recoveryClass;

function isKnown(code: string): code is RecoveryClass {
  return code in de.infoscreens.recoveryClass;
}

/** What can be done for a device that hangs, in words; a class newer than this page is shown as it came. */
export function useRecoveryClassText() {
  const { t } = useTranslation('infoscreens');
  return (code: string) => (isKnown(code) ? t(`recoveryClass.${code}`) : code);
}
