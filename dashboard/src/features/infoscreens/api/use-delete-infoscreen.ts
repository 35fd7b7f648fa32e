import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  deleteClientMutation,
  listClientsQueryKey,
} from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

const CLIENTS = new Set(['clients'] as const);

/** `onDeleted` leaves the device's page before the refresh would ask for what is gone. */
export function useDeleteInfoscreen(onDeleted: () => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    ...deleteClientMutation(),
    onSuccess: async () => {
      await onDeleted();
      await queryClient.invalidateQueries({ queryKey: listClientsQueryKey() });
      await refreshAfter(queryClient, CLIENTS);
    },
  });
}
