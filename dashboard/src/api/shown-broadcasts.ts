/** PURE: which emergency message a group shows, by the server's rule: the newest one, but no drill before a real one. */
import type { Broadcast } from './types';

export function shownBroadcasts(running: readonly Broadcast[]): Map<number, Broadcast> {
  const weakestFirst = running.toSorted(
    (one, other) => Number(other.drill) - Number(one.drill) || one.id - other.id,
  );
  return new Map(
    weakestFirst.flatMap((broadcast) =>
      broadcast.groupIds.map((groupId) => [groupId, broadcast] as const),
    ),
  );
}
