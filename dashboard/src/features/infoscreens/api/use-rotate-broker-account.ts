import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  brokerAccountQueryKey,
  rotateBrokerAccountMutation,
} from '@/api/generated/@tanstack/react-query.gen';

/** By hand, the answer holds the new password, once: nothing of it is kept beyond the dialog that shows it. */
export function useRotateBrokerAccount(uuid: string) {
  const queryClient = useQueryClient();
  const queryKey = brokerAccountQueryKey({ path: { uuid } });
  return useMutation({
    ...rotateBrokerAccountMutation(),
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
}
