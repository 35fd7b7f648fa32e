import { useQuery } from '@tanstack/react-query';
import { getBroadcastOptions } from '@/api/generated/@tanstack/react-query.gen';

/** Silence is announced by nobody, so it is asked for. */
const AGAIN_MS = 5_000;

/** One emergency message with its roll-call, live while it lasts. */
export function useBroadcast(id: number) {
  return useQuery({
    ...getBroadcastOptions({ path: { broadcast_id: id } }),
    refetchInterval: ({ state }) => (state.data?.isRunning ? AGAIN_MS : false),
  });
}
