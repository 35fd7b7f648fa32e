/** The time a new event starts with, before a person changes it. */
import { Temporal } from 'temporal-polyfill';
import { fromWallClock } from '@/lib/time';
import type { Range } from './event-fields';

const FIRST_LESSON = '08:00';

function hourFrom(start: Temporal.PlainDateTime, zone: string): Range {
  return {
    start: fromWallClock(start.toString(), zone),
    end: fromWallClock(start.add({ hours: 1 }).toString(), zone),
  };
}

/** Today the next full hour, on another day the first lesson. */
export function nextFreeHour(date: string, today: string, zone: string): Range {
  if (date !== today) return hourFrom(Temporal.PlainDateTime.from(`${date}T${FIRST_LESSON}`), zone);
  const now = Temporal.Now.plainDateTimeISO(zone).round({
    smallestUnit: 'hour',
    roundingMode: 'ceil',
  });
  return hourFrom(now, zone);
}

/** Days dragged over without a time: one day means its first lesson, several mean from midnight to midnight. */
export function rangeOfDays(first: string, after: string, zone: string): Range {
  const isOneDay = Temporal.PlainDate.from(first).add({ days: 1 }).toString() === after;
  if (isOneDay) return hourFrom(Temporal.PlainDateTime.from(`${first}T${FIRST_LESSON}`), zone);
  return {
    start: fromWallClock(`${first}T00:00`, zone),
    end: fromWallClock(`${after}T00:00`, zone),
  };
}
