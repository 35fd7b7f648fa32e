import { useQuery } from '@tanstack/react-query';
import { listBroadcastsOptions } from './generated/@tanstack/react-query.gen';
import type { BroadcastsAnswer } from './generated/types.gen';

/** How many screens show a message is announced by nobody. */
const AGAIN_MS = 5_000;

const broadcastsOf = ({ broadcasts }: BroadcastsAnswer) => broadcasts;

/** The emergency messages that last now, the newest first. */
export function useRunningBroadcasts() {
  return useQuery({
    ...listBroadcastsOptions({ query: { running: true } }),
    select: broadcastsOf,
    refetchInterval: ({ state }) => (state.data?.broadcasts.length ? AGAIN_MS : false),
  });
}
