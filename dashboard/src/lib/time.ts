/**
 * The one place that reads and writes times. The API's strings carry no zone and mean UTC; people see and
 * type the wall clock of the school's zone. Everything in between is a `Date`. React's side: school-time.tsx.
 */
import { Temporal } from 'temporal-polyfill';

const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const JUST_NOW_SECONDS = 5;

export function parseApiTime(text: string): Date {
  return new Date(HAS_ZONE.test(text) ? text : `${text}Z`);
}

/** The browser's own count of milliseconds, as caches keep it. */
export function fromEpoch(milliseconds: number): Date {
  return new Date(milliseconds);
}

export function toApiTime(date: Date): string {
  return date.toISOString();
}

function inZone(date: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone);
}

export function startOfDay(date: Date, zone: string): Date {
  return new Date(inZone(date, zone).startOfDay().epochMilliseconds);
}

/** The same wall clock some days later, also across a change of the clocks. */
export function addDays(date: Date, days: number, zone: string): Date {
  return new Date(inZone(date, zone).add({ days }).epochMilliseconds);
}

export function isSameDay(one: Date, other: Date, zone: string): boolean {
  return inZone(one, zone).toPlainDate().equals(inZone(other, zone).toPlainDate());
}

/** What the clock on the school's wall shows: `2026-11-27T08:00`. */
export function toWallClock(date: Date, zone: string): string {
  return inZone(date, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The local date, `yyyy-MM-dd`. */
export function dayOf(date: Date, zone: string): string {
  return inZone(date, zone).toPlainDate().toString();
}

/** The instant of a wall clock text; a time skipped in spring moves forward by the hour that is missing. */
export function fromWallClock(text: string, zone: string): Date {
  return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds);
}

export function browserZone(): string {
  return Temporal.Now.timeZoneId();
}

/** True where a clock in the browser's zone shows something else than the school's at this moment. */
export function differsFromBrowser(zone: string, now: Date): boolean {
  return inZone(now, zone).offset !== inZone(now, browserZone()).offset;
}

export type TimeFormat = ReturnType<typeof createTimeFormat>;

/** To make one takes a millisecond, and every row of a long list shows times. */
const formats = new Map<string, TimeFormat>();

export function timeFormat(zone: string, language: string): TimeFormat {
  const key = `${zone} ${language}`;
  const format = formats.get(key) ?? createTimeFormat(zone, language);
  formats.set(key, format);
  return format;
}

export function createTimeFormat(zone: string, language: string) {
  const locale = language.startsWith('en') ? 'en-GB' : 'de-DE';
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = format({ day: '2-digit', month: '2-digit', year: 'numeric' });
  const dayMonth = format({ day: '2-digit', month: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const long = format({ weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

  return {
    zone,
    locale,
    time: (date: Date) => clock.format(date),
    /** With seconds, for what happens quickly. */
    clock: (date: Date) => seconds.format(date),
    timeRange: (start: Date, end: Date) => `${clock.format(start)}–${clock.format(end)}`,
    date: (date: Date) => day.format(date),
    /** `Mo., 30.11.2026` */
    longDate: (date: Date) => long.format(date),
    dayAndMonth: (date: Date) => dayMonth.format(date),
    dateTime: (date: Date) => `${day.format(date)}, ${clock.format(date)}`,
    /** `13:00` today, `Mo 08:00` within the week, the date beyond. */
    near(date: Date, now: Date) {
      if (isSameDay(date, now, zone)) return clock.format(date);
      const isThisWeek = Math.abs(date.getTime() - now.getTime()) < 6 * DAY * 1000;
      return `${isThisWeek ? weekday.format(date) : day.format(date)} ${clock.format(date)}`;
    },
    ago(date: Date, now: Date) {
      const passed = Math.max(0, Math.round((now.getTime() - date.getTime()) / 1000));
      if (passed < JUST_NOW_SECONDS) return relative.format(0, 'second');
      if (passed < MINUTE) return relative.format(-passed, 'second');
      if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), 'minute');
      if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), 'hour');
      return relative.format(-Math.floor(passed / DAY), 'day');
    },
  };
}
