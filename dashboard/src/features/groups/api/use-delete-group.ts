import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteGroupMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

/** `onDeleted` comes before the refresh, which takes the asking column and its dialog off the page. */
export function useDeleteGroup(onDeleted: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    ...deleteGroupMutation(),
    onSuccess: () => {
      onDeleted();
      return refreshAfter(queryClient, new Set(['groups', 'clients', 'events']));
    },
  });
}
