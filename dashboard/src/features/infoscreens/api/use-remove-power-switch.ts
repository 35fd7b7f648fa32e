import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  powerSwitchQueryKey,
  removePowerSwitchMutation,
} from '@/api/generated/@tanstack/react-query.gen';

/** Asked anew from nothing, since the cached switch is gone. */
export function useRemovePowerSwitch(uuid: string) {
  const queryClient = useQueryClient();
  const queryKey = powerSwitchQueryKey({ path: { uuid } });
  return useMutation({
    ...removePowerSwitchMutation(),
    onSettled: () => queryClient.resetQueries({ queryKey }),
  });
}
