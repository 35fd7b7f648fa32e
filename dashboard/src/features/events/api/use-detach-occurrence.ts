import { useMutation, useQueryClient } from '@tanstack/react-query';
import { detachOccurrenceMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

/** Makes one date of a series an event of its own. Refreshes also after a refusal: the series is another one then. */
export function useDetachOccurrence() {
  const queryClient = useQueryClient();
  return useMutation({
    ...detachOccurrenceMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['events'])),
  });
}
