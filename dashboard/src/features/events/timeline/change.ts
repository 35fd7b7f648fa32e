/** PURE: what a drag or a key makes of an event's time. */
import { addDays } from '@/lib/time';
import type { Range } from '../event-fields';
import { shifted } from './axis';

/** What is taken hold of: the whole bar, or one of its ends. */
export type Grip = 'move' | 'start' | 'end';

export const STEP_MS = 15 * 60_000;

export function inSteps(milliseconds: number): number {
  return Math.round(milliseconds / STEP_MS) * STEP_MS;
}

/** The time after a drag by so many milliseconds; an end never comes closer to the other one than a step. */
export function dragged(range: Range, grip: Grip, milliseconds: number): Range {
  const by = inSteps(milliseconds);
  const { start, end } = range;
  if (grip === 'move') return { start: shifted(start, by), end: shifted(end, by) };
  const most = Math.max(0, end.getTime() - start.getTime() - STEP_MS);
  if (grip === 'start') return { start: shifted(start, Math.min(by, most)), end };
  return { start, end: shifted(end, Math.max(by, -most)) };
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
const DAYS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** The time after an arrow: a step, or with up and down a day; null for another key. `resizes` changes the end alone. */
export function keyed(range: Range, key: string, resizes: boolean, zone: string): Range | null {
  const steps = STEPS[key];
  if (steps !== undefined) return dragged(range, resizes ? 'end' : 'move', steps * STEP_MS);
  const days = DAYS[key];
  if (days === undefined || resizes) return null;
  return { start: addDays(range.start, days, zone), end: addDays(range.end, days, zone) };
}

export function isSameRange(one: Range, other: Range): boolean {
  return one.start.getTime() === other.start.getTime() && one.end.getTime() === other.end.getTime();
}

const EDGE_PX = { mouse: 7, touch: 18 };

/** What a pointer takes hold of, by how far from the bar's left edge it comes down. A narrow bar has no ends. */
export function gripAt(offset: number, width: number, isTouch: boolean): Grip {
  const edge = isTouch ? EDGE_PX.touch : EDGE_PX.mouse;
  if (width < 3 * edge) return 'move';
  if (offset <= edge) return 'start';
  return offset >= width - edge ? 'end' : 'move';
}

/** A list with one element at another place. */
export function reordered<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}
