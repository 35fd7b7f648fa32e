import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  powerSwitchQueryKey,
  setPowerSwitchMutation,
} from '@/api/generated/@tanstack/react-query.gen';

/** What is sent holds secrets: nothing of it is kept beyond the form. */
export function useSavePowerSwitch(uuid: string) {
  const queryClient = useQueryClient();
  return useMutation({
    ...setPowerSwitchMutation(),
    gcTime: 0,
    onSuccess: (saved) => queryClient.setQueryData(powerSwitchQueryKey({ path: { uuid } }), saved),
  });
}
