import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createGroupMutation, listGroupsQueryKey } from '@/api/generated/@tanstack/react-query.gen';

export function useCreateGroup() {
  const queryClient = useQueryClient();
  return useMutation({
    ...createGroupMutation(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listGroupsQueryKey() }),
  });
}
