import { useQuery } from '@tanstack/react-query';
import { clientStatusesOptions } from './generated/@tanstack/react-query.gen';
import type { ClientStatusesAnswer } from './generated/types.gen';

/** A device also changes by falling silent; this asks again even if no notice came. */
const SAFETY_REFRESH_MS = 60_000;

const pickClients = ({ clients }: ClientStatusesAnswer) => clients;

export function useClientStatus() {
  return useQuery({
    ...clientStatusesOptions(),
    select: pickClients,
    refetchInterval: SAFETY_REFRESH_MS,
  });
}
