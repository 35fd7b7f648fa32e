/** PURE: which emergency message a group or a device shows. */
import type { Broadcast } from './types';

/** Devices name a message by a number that no event has. */
const FIRST_EVENT_ID = 1_000_000_000;

/** The message that a device says it shows; null where that is an event. */
export function broadcastIdOf(eventId: number): number | null {
  return eventId > FIRST_EVENT_ID ? eventId - FIRST_EVENT_ID : null;
}

/** By the server's rule: the newest one, but no drill before a real one. */
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
