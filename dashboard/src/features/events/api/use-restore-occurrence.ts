import { useMutation, useQueryClient } from '@tanstack/react-query';
import { restoreOccurrenceMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

/** Takes one date back into a series. Refreshes also after a refusal: the series is another one then. */
export function useRestoreOccurrence() {
  const queryClient = useQueryClient();
  return useMutation({
    ...restoreOccurrenceMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['events'])),
  });
}
