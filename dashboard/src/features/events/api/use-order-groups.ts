import { useMutation, useQueryClient } from '@tanstack/react-query';
import { listGroupsQueryKey, orderGroupsMutation } from '@/api/generated/@tanstack/react-query.gen';
import type { GroupsAnswer } from '@/api/generated/types.gen';
import { useNotify } from '@/components/ui/notify';

/** Puts the groups into an order that everybody sees; the page has it at once, and again as it was where it fails. */
export function useOrderGroups() {
  const queryClient = useQueryClient();
  const notify = useNotify();
  const queryKey = listGroupsQueryKey();
  return useMutation({
    ...orderGroupsMutation(),
    onMutate: async ({ body: { order } }) => {
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData<GroupsAnswer>(queryKey, (before) =>
        before === undefined ? undefined : { ...before, groups: inOrder(before.groups, order) },
      );
    },
    onError: notify.failure,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
}

function inOrder<T extends { id: number }>(groups: T[], order: number[]): T[] {
  const place = new Map(order.map((id, index) => [id, index]));
  const of = ({ id }: T) => place.get(id) ?? order.length;
  return groups.toSorted((a, b) => of(a) - of(b));
}
