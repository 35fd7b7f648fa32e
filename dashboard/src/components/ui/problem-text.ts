import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';

/** The sentence for a person: the server's own where there is one. */
export function useProblemText() {
  const { t } = useTranslation();
  return useCallback(
    (error: unknown): string => {
      if (!(error instanceof ApiProblem)) return t('errors.unexpected');
      if (error.sentence !== null) return error.sentence;
      return t(error.code === 'unreachable' ? 'errors.unreachable' : 'errors.unexpected');
    },
    [t],
  );
}
