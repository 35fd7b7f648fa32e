import { useQuery } from '@tanstack/react-query';
import { listBroadcastsOptions } from '@/api/generated/@tanstack/react-query.gen';

/** The newest emergency messages, those that are over too. */
export function useBroadcasts() {
  return useQuery({
    ...listBroadcastsOptions({ query: { limit: 100 } }),
    select: ({ broadcasts }) => broadcasts,
  });
}
