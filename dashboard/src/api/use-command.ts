import { useQuery } from '@tanstack/react-query';
import { useLiveState } from '@/lib/live-state';
import { hasEnded } from './command-status';
import { getCommandOptions } from './generated/@tanstack/react-query.gen';

/** Notices bring every step; asking now and then as well bridges one that got lost, or a stream that is down. */
const POLL_MS = { live: 5_000, connecting: 2_000, down: 2_000 } as const;

/** A command with every step of its life, followed to its end; null while its id is not known yet. */
export function useCommand(commandId: string | null) {
  const state = useLiveState();
  return useQuery({
    ...getCommandOptions({ path: { command_id: commandId ?? '' } }),
    enabled: commandId !== null,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && hasEnded(data.status) ? false : POLL_MS[state],
  });
}
