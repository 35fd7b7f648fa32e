/** PURE: where an instant lies on the timeline. Pixels follow real time, so a day of 23 or 25 hours is as long as it is. */
import { Temporal } from 'temporal-polyfill';
import { fromEpoch, fromWallClock, toWallClock } from '@/lib/time';

export type Tick = { x: number; label: string };
export type Day = { date: string; x: number; width: number };
export type Axis = {
  start: Date;
  end: Date;
  width: number;
  days: readonly Day[];
  ticks: readonly Tick[];
};

/** What a label needs, so that two never touch. */
const LABEL_PX = 44;
const TICK_HOURS = [1, 2, 3, 4, 6, 12] as const;
const HOURS_OF_DAY = 24;
const HOUR_MS = 3_600_000;

type AxisOptions = { first: string; after: string; zone: string; hourPx: number };

/** From the midnight of `first` to the midnight of `after`, both as `2026-11-27`. */
export function buildAxis({ first, after, zone, hourPx }: AxisOptions): Axis {
  const start = midnight(first, zone);
  const end = midnight(after, zone);
  const at = (instant: Date) => ((instant.getTime() - start.getTime()) / HOUR_MS) * hourPx;
  const dates = datesFrom(first, after);
  const days = dates.map((date) => {
    const x = at(midnight(date, zone));
    const next = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
    return { date, x, width: at(midnight(next, zone)) - x };
  });
  const every = TICK_HOURS.find((hours) => hours * hourPx >= LABEL_PX) ?? HOURS_OF_DAY;
  const ticks = dates.flatMap((date) => ticksOf(date, every, zone, at));
  return { start, end, width: at(end), days, ticks };
}

function midnight(date: string, zone: string): Date {
  return fromWallClock(`${date}T00:00`, zone);
}

function datesFrom(first: string, after: string): string[] {
  const count = Temporal.PlainDate.from(first).until(after, { largestUnit: 'days' }).days;
  return Array.from({ length: count }, (_, days) =>
    Temporal.PlainDate.from(first).add({ days }).toString(),
  );
}

/** An hour that the clock skips has no tick. */
function ticksOf(date: string, every: number, zone: string, at: (instant: Date) => number): Tick[] {
  const ticks: Tick[] = [];
  for (let hour = 0; hour < HOURS_OF_DAY; hour += every) {
    const label = `${String(hour).padStart(2, '0')}:00`;
    const instant = fromWallClock(`${date}T${label}`, zone);
    if (toWallClock(instant, zone).endsWith(label)) ticks.push({ x: at(instant), label });
  }
  return ticks;
}

/** The place of an instant, also of one beyond the ends. */
export function placeOf(axis: Axis, instant: Date): number {
  const whole = axis.end.getTime() - axis.start.getTime();
  return ((instant.getTime() - axis.start.getTime()) / whole) * axis.width;
}

/** How much time so many pixels are. */
export function millisecondsOf(axis: Axis, pixels: number): number {
  return (pixels / axis.width) * (axis.end.getTime() - axis.start.getTime());
}

export function shifted(instant: Date, milliseconds: number): Date {
  return fromEpoch(instant.getTime() + milliseconds);
}
