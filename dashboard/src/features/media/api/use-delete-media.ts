import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteMediaMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

export function useDeleteMedia() {
  const queryClient = useQueryClient();
  return useMutation({
    ...deleteMediaMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['media'])),
  });
}
