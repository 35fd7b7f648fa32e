import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeEventMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

/** Also after a refusal: someone else may have changed the event meanwhile. */
export function useChangeEvent() {
  const queryClient = useQueryClient();
  return useMutation({
    ...changeEventMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['events'])),
  });
}
