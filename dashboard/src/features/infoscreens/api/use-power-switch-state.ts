import { useMutation } from '@tanstack/react-query';
import { powerSwitchState } from '@/api/generated/sdk.gen';

/** Asks the switch itself, only when somebody wants to know: it may take ten seconds. */
export function usePowerSwitchState(uuid: string) {
  return useMutation({
    mutationFn: async () => (await powerSwitchState({ path: { uuid }, throwOnError: true })).data,
  });
}
