import { useTranslation } from 'react-i18next';
import { de } from '@/i18n/de';

const { process: processTexts, screen: screenTexts } = de.infoscreens.words;

function isOneOf<T extends object>(code: string, texts: T): code is Extract<keyof T, string> {
  return code in texts;
}

/** What a device reports of its player and its picture, in words; codes that are not known as they came. */
export function useStateWords() {
  const { t } = useTranslation('infoscreens');
  return {
    process(code: string | null) {
      if (code === null) return null;
      return isOneOf(code, processTexts) ? t(`words.process.${code}`) : code;
    },
    screen(code: string | null) {
      if (code === null) return null;
      return isOneOf(code, screenTexts) ? t(`words.screen.${code}`) : code;
    },
  };
}
