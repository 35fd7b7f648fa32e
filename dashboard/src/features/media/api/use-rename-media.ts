import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeMediaMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

export function useRenameMedia() {
  const queryClient = useQueryClient();
  return useMutation({
    ...changeMediaMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['media'])),
  });
}
