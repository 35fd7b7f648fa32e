import { useQuery } from '@tanstack/react-query';
import { clientsStatusOptions } from './generated/@tanstack/react-query.gen';

/** A device also changes by falling silent; this asks again even if no notice came. */
const SAFETY_REFRESH_MS = 60_000;

export function useClientStatus() {
  return useQuery({
    ...clientsStatusOptions(),
    select: ({ clients }) => clients,
    refetchInterval: SAFETY_REFRESH_MS,
  });
}
