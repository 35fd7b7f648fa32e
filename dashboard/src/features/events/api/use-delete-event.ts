import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteEventMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

export function useDeleteEvent() {
  const queryClient = useQueryClient();
  return useMutation({
    ...deleteEventMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['events'])),
  });
}
