/** What the event dialog is opened for, and the groups it offers. */
import type { Showing } from '@/api/use-occurrences';
import type { Range } from './event-fields';

/** A single event or a series as a whole, or what a series has on one day, which is detached by a change. */
export type EditTarget =
  | { kind: 'edit'; scope: 'event' | 'series'; eventId: number }
  | { kind: 'edit'; scope: 'occurrence'; eventId: number; showing: Showing };

export type EventTarget = { kind: 'new'; range: Range; groupId: number | null } | EditTarget;

export type GroupChoice = { id: number; name: string };

export function occurrenceTarget(showing: Showing): EditTarget {
  return { kind: 'edit', scope: 'occurrence', eventId: showing.eventId, showing };
}

export function wholeTarget(eventId: number, scope: 'event' | 'series'): EditTarget {
  return { kind: 'edit', scope, eventId };
}
