/**
 * Moves a whole series by what one of its occurrences was moved: start and end, the weekdays or the day of
 * the month in its rule, and its end, all by the same step on the school's wall clock. What it leaves out follows
 * on the server.
 */
import { Temporal } from 'temporal-polyfill';
import { fromWallClock, parseApiTime, toApiTime } from '@/lib/time';
import { ruleParts, untilOnWall, WEEKDAYS, type Weekday } from './rule';

export type StoredSeries = {
  startTime: string;
  endTime: string;
  recurrenceRule: string | null;
  recurrenceEnd: string | null;
};

/** From where to where one occurrence was moved. */
export type Move = { from: { start: Date; end: Date }; to: { start: Date; end: Date } };

const DAYS_OF_WEEK = 7;

/** To the second, unlike what people see. */
const onWall = (date: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
const toInstant = (wall: Temporal.PlainDateTime, zone: string) =>
  fromWallClock(wall.toString(), zone);
const compact = (text: string) => text.replace(/\.\d+/, '').replaceAll(/[-:]/g, '');

function stepBetween(from: Date, to: Date, zone: string): Temporal.Duration {
  return onWall(from, zone).until(onWall(to, zone), { largestUnit: 'days' });
}

function shiftApiTime(text: string, by: Temporal.Duration, zone: string): string {
  return toApiTime(toInstant(onWall(parseApiTime(text), zone).add(by), zone));
}

/** Null where the days would fall into different weeks than before: every second week cannot be shifted so. */
function shiftWeekdays(
  byDay: string,
  start: Temporal.PlainDate,
  days: number,
  interval: number,
): string | null {
  const places = byDay.split(',').map((day) => WEEKDAYS.indexOf(day as Weekday));
  if (places.includes(-1)) return null;
  const weeks = new Set(
    [...places, start.dayOfWeek - 1].map((place) => Math.floor((place + days) / DAYS_OF_WEEK)),
  );
  if (interval > 1 && weeks.size > 1) return null;
  const moved = new Set(
    places.map((place) => (((place + days) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK),
  );
  return WEEKDAYS.filter((_, place) => moved.has(place)).join(',');
}

function shiftUntil(value: string, by: Temporal.Duration, days: number, zone: string) {
  const until = untilOnWall(value, zone);
  if (until === null) return null;
  if (!value.includes('T')) return compact(until.toPlainDate().add({ days }).toString());
  const moved = until.add(by);
  return value.endsWith('Z')
    ? compact(toInstant(moved, zone).toISOString())
    : compact(moved.toString({ smallestUnit: 'second' }));
}

/** The rule after the move; null where this rule cannot follow to another day. */
export function shiftRule(
  rule: string,
  start: Temporal.PlainDateTime,
  by: Temporal.Duration,
  zone: string,
): string | null {
  const moved = start.add(by);
  const { days } = start.toPlainDate().until(moved.toPlainDate(), { largestUnit: 'days' });
  const parts = ruleParts(rule);
  const shifted: string[] = [];
  for (const [name, value] of parts) {
    const next = shiftPart(name, value);
    if (next === null) return null;
    shifted.push(`${name}=${next}`);
  }
  return shifted.join(';');

  function shiftPart(name: string, value: string): string | null {
    if (name === 'UNTIL') return shiftUntil(value, by, days, zone);
    if (days === 0 || ['FREQ', 'INTERVAL', 'COUNT'].includes(name)) return value;
    const frequency = parts.get('FREQ');
    if (name === 'BYDAY' && (frequency === 'WEEKLY' || frequency === 'DAILY'))
      return shiftWeekdays(value, start.toPlainDate(), days, Number(parts.get('INTERVAL') ?? 1));
    if (name === 'BYMONTHDAY' && frequency === 'MONTHLY' && value === String(start.day))
      return String(moved.day);
    const isPlainWeek = name === 'WKST' && (value === 'MO' || !parts.has('BYDAY'));
    return isPlainWeek ? value : null;
  }
}

export function shiftSeries(series: StoredSeries, move: Move, zone: string): StoredSeries | null {
  const byStart = stepBetween(move.from.start, move.to.start, zone);
  const byEnd = stepBetween(move.from.end, move.to.end, zone);
  const start = onWall(parseApiTime(series.startTime), zone);
  const { recurrenceRule, recurrenceEnd } = series;
  const rule = recurrenceRule === null ? null : shiftRule(recurrenceRule, start, byStart, zone);
  if (recurrenceRule !== null && rule === null) return null;
  return {
    startTime: shiftApiTime(series.startTime, byStart, zone),
    endTime: shiftApiTime(series.endTime, byEnd, zone),
    recurrenceRule: rule,
    recurrenceEnd: recurrenceEnd === null ? null : shiftApiTime(recurrenceEnd, byStart, zone),
  };
}
