import { useQuery } from '@tanstack/react-query';
import { brokerAccountOptions } from '@/api/generated/@tanstack/react-query.gen';
import { hasStatus } from '@/api/problem';

/** While a password waits for its device, its state changes without the page's doing. */
const ROTATION_REFRESH_MS = 5_000;
const UNDER_WAY = ['waiting', 'confirmed', 'switched'];

/** The device's account on the broker; a device without one is `null`, not an error. */
export function useBrokerAccount(uuid: string) {
  const query = useQuery({
    ...brokerAccountOptions({ path: { uuid } }),
    refetchInterval: ({ state }) =>
      UNDER_WAY.includes(state.data?.rotation?.state ?? '') ? ROTATION_REFRESH_MS : false,
  });
  const isMissing = hasStatus(query.error, 404);
  return {
    data: isMissing ? null : query.data,
    isError: query.isError && !isMissing,
    error: query.error,
    refetch: query.refetch,
  };
}
