import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  brokerAccountQueryKey,
  makeBrokerAccountMutation,
} from '@/api/generated/@tanstack/react-query.gen';

/** The answer holds the password, once: nothing of it is kept beyond the dialog that shows it. */
export function useMakeBrokerAccount(uuid: string) {
  const queryClient = useQueryClient();
  const queryKey = brokerAccountQueryKey({ path: { uuid } });
  return useMutation({
    ...makeBrokerAccountMutation(),
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
}
