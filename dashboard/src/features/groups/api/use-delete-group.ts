import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteGroupMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

export function useDeleteGroup() {
  const queryClient = useQueryClient();
  return useMutation({
    ...deleteGroupMutation(),
    onSuccess: () => refreshAfter(queryClient, new Set(['groups', 'clients', 'events'])),
  });
}
