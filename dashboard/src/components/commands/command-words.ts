/** Commands in words: actions, stages, states, error codes and reasons; codes newer than this page as they came. */
import { useTranslation } from 'react-i18next';
import type { Command } from '@/api/types';
import { de } from '@/i18n/de';

const { error: errorTexts, givenReason: reasonTexts } = de.commands;

function isKeyOf<T extends object>(code: string, texts: T): code is Extract<keyof T, string> {
  return code in texts;
}

export function useCommandWords() {
  const { t } = useTranslation('commands');
  return {
    action: (action: Command['action']) => t(`action.${action}`),
    status: (status: Command['status']) => t(`status.${status}`),
    error: (code: string) => (isKeyOf(code, errorTexts) ? t(`error.${code}`) : code),
    /** The server's own reasons are codes, a person's are sentences. */
    reason: (reason: string) =>
      isKeyOf(reason, reasonTexts) ? t(`givenReason.${reason}`) : reason,
  };
}
