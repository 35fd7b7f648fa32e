import { useQuery } from '@tanstack/react-query';
import { useLiveState } from '@/lib/live-state';
import { getRolloutOptions } from './generated/@tanstack/react-query.gen';
import type { Rollout } from './types';

/** Notices bring every change; asking now and then as well bridges one that got lost, or a stream that is down. */
const POLL_MS = { live: 10_000, connecting: 3_000, down: 3_000 } as const;

/** A rollout stays to be followed while a device of it has not come to an end, even after its last wave went out. */
export function isOver({ state, totals }: Pick<Rollout, 'state' | 'totals'>): boolean {
  return (state === 'completed' || state === 'stopped') && totals.open === 0;
}

/** One command to many devices, with its report, followed to its end; null while its id is not known yet. */
export function useRollout(rolloutId: number | null) {
  const live = useLiveState();
  return useQuery({
    ...getRolloutOptions({ path: { rollout_id: rolloutId ?? 0 } }),
    enabled: rolloutId !== null,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isOver(data) ? false : POLL_MS[live],
  });
}
