/** PURE: days of a calendar without a time or a zone, as `2026-11-27`. */
import { Temporal } from 'temporal-polyfill';
import { fromEpoch } from './time';

/** A day as an instant that shows the same day in UTC, for Intl. */
function inUtc(day: string): Date {
  return fromEpoch(Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds);
}

export function formatDay(day: string, locale: string, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(inUtc(day));
}

/** `23.–29. November 2026`: what both days share is said once. */
export function formatDayRange(
  first: string,
  last: string,
  locale: string,
  options: Intl.DateTimeFormatOptions,
) {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  return format.formatRange(inUtc(first), inUtc(last));
}

const WRITTEN = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/;

/** A day as a person types it, the day before the month in both languages; null for anything else. */
export function parseDay(text: string): string | null {
  const [, day, month, year] = WRITTEN.exec(text.trim()) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  const fields = { year: Number(year), month: Number(month), day: Number(day) };
  try {
    return Temporal.PlainDate.from(fields, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

const SHORT = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;

/** `27.–31.10.2026`, or the one day. */
export function formatDays(first: string, last: string, locale: string): string {
  return formatDayRange(first, last, locale, SHORT);
}

/** How many days from the first to the last, both counted. */
export function countDays(first: string, last: string): number {
  return Temporal.PlainDate.from(first).until(last, { largestUnit: 'days' }).days + 1;
}

type Days = { startDate: string; endDate: string };

/** Whether both have a day in common; days compare as texts. */
export function sharesDay(one: Days, other: Days): boolean {
  return one.startDate <= other.endDate && other.startDate <= one.endDate;
}
