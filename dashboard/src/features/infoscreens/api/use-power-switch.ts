import { useQuery } from '@tanstack/react-query';
import { powerSwitchOptions } from '@/api/generated/@tanstack/react-query.gen';
import { hasStatus } from '@/api/problem';

/** What switches the device's power; a device without such a switch is `null`, not an error. */
export function usePowerSwitch(uuid: string) {
  const query = useQuery(powerSwitchOptions({ path: { uuid } }));
  const isMissing = hasStatus(query.error, 404);
  return {
    data: isMissing ? null : query.data,
    isError: query.isError && !isMissing,
    error: query.error,
    refetch: query.refetch,
  };
}
