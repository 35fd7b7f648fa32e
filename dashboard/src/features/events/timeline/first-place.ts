/** PURE: how far the timeline is scrolled when it opens: to now where today is in view, else to the first lesson. */
import { fromWallClock } from '@/lib/time';
import { type Axis, placeOf, shifted } from './axis';

const FIRST_LESSON = '06:45';
const BEFORE_NOW_MS = 90 * 60_000;

export function firstPlace(axis: Axis, now: Date, zone: string): number {
  const first = axis.days[0];
  if (first === undefined) return 0;
  const isInView = axis.start <= now && now < axis.end;
  const isDay = axis.days.length === 1;
  if (isInView && isDay) return Math.max(0, placeOf(axis, shifted(now, -BEFORE_NOW_MS)));
  const today = axis.days.findLast(({ date }) => fromWallClock(`${date}T00:00`, zone) <= now);
  const { date } = isInView && today !== undefined ? today : first;
  return placeOf(axis, fromWallClock(`${date}T${FIRST_LESSON}`, zone));
}
