import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  assignClientsMutation,
  clientStatusesQueryKey,
} from '@/api/generated/@tanstack/react-query.gen';
import type { ClientStatusesAnswer } from '@/api/generated/types.gen';

/** Shows the move at once and takes it back if the server refuses. */
export function useAssignClients() {
  const queryClient = useQueryClient();
  const queryKey = clientStatusesQueryKey();
  return useMutation({
    ...assignClientsMutation(),
    onMutate: async ({ body: { clientIds, groupId } }) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData<ClientStatusesAnswer>(queryKey);
      const moving = new Set(clientIds);
      queryClient.setQueryData<ClientStatusesAnswer>(queryKey, (answer) =>
        answer === undefined
          ? undefined
          : {
              clients: answer.clients.map((client) =>
                moving.has(client.uuid) ? { ...client, groupId } : client,
              ),
            },
      );
      return { before };
    },
    onError: (_error, _change, context) => queryClient.setQueryData(queryKey, context?.before),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
}
