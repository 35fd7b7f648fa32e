import { useMutation, useQueryClient } from '@tanstack/react-query';
import { skipOccurrenceMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

/** Leaves out one date of a series. Refreshes also after a refusal: the series is another one then. */
export function useSkipOccurrence() {
  const queryClient = useQueryClient();
  return useMutation({
    ...skipOccurrenceMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['events'])),
  });
}
