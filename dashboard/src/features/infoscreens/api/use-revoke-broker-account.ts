import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  brokerAccountQueryKey,
  revokeBrokerAccountMutation,
} from '@/api/generated/@tanstack/react-query.gen';

/** Asked anew from nothing, since the cached account is gone. */
export function useRevokeBrokerAccount(uuid: string) {
  const queryClient = useQueryClient();
  const queryKey = brokerAccountQueryKey({ path: { uuid } });
  return useMutation({
    ...revokeBrokerAccountMutation(),
    onSettled: () => queryClient.resetQueries({ queryKey }),
  });
}
