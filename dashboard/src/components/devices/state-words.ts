import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { de } from '@/i18n/de';

const { process: processTexts, screen: screenTexts } = de.common.stateWords;

function isOneOf<T extends object>(code: string, texts: T): code is Extract<keyof T, string> {
  return code in texts;
}

/** What a device reports of its player and its picture, in words; codes that are not known as they came. */
export function useStateWords() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      process(code: string | null) {
        if (code === null) return null;
        return isOneOf(code, processTexts) ? t(`stateWords.process.${code}`) : code;
      },
      screen(code: string | null) {
        if (code === null) return null;
        return isOneOf(code, screenTexts) ? t(`stateWords.screen.${code}`) : code;
      },
    }),
    [t],
  );
}
