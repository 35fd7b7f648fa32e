/** What a view shows around a date: its days, the way to the next and the previous one, and its title. */
import { Temporal } from 'temporal-polyfill';
import { formatDay, formatDayRange } from '@/lib/days';
import { fromWallClock } from '@/lib/time';
import type { CalendarView } from './search';

const WEEKS_OF_MONTH_VIEW = 6;
const DAYS_OF_WEEK = 7;

const monday = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 });

/** First day, and the day after the last, both as `2026-11-27`. */
export function daysShown(view: CalendarView, date: string): { first: string; after: string } {
  const day = Temporal.PlainDate.from(date);
  const span = (first: Temporal.PlainDate, length: Temporal.DurationLike) => ({
    first: first.toString(),
    after: first.add(length).toString(),
  });
  if (view === 'day') return span(day, { days: 1 });
  if (view === 'week') return span(monday(day), { days: DAYS_OF_WEEK });
  const firstOfMonth = day.with({ day: 1 });
  if (view === 'list') return span(firstOfMonth, { months: 1 });
  return span(monday(firstOfMonth), { weeks: WEEKS_OF_MONTH_VIEW });
}

export function instantsShown(view: CalendarView, date: string, zone: string) {
  const { first, after } = daysShown(view, date);
  return {
    start: fromWallClock(`${first}T00:00`, zone),
    end: fromWallClock(`${after}T00:00`, zone),
  };
}

export function step(view: CalendarView, date: string, direction: 1 | -1): string {
  const day = Temporal.PlainDate.from(date);
  if (view === 'day') return day.add({ days: direction }).toString();
  if (view === 'week') return day.add({ weeks: direction }).toString();
  return day.add({ months: direction }).toString();
}

export function titleOf(view: CalendarView, date: string, locale: string): string {
  if (view === 'month' || view === 'list')
    return formatDay(date, locale, { month: 'long', year: 'numeric' });
  if (view === 'day')
    return formatDay(date, locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });
  const first = monday(Temporal.PlainDate.from(date));
  return formatDayRange(
    first.toString(),
    first.add({ days: DAYS_OF_WEEK - 1 }).toString(),
    locale,
    {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    },
  );
}
