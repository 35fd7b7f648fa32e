import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createEventMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

export function useCreateEvent() {
  const queryClient = useQueryClient();
  return useMutation({
    ...createEventMutation(),
    onSuccess: () => refreshAfter(queryClient, new Set(['events'])),
  });
}
