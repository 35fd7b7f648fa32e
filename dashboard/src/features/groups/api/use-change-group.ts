import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeGroupMutation, listGroupsQueryKey } from '@/api/generated/@tanstack/react-query.gen';

/** Also after a refusal: someone else may have changed the group meanwhile. */
export function useChangeGroup() {
  const queryClient = useQueryClient();
  return useMutation({
    ...changeGroupMutation(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: listGroupsQueryKey() }),
  });
}
