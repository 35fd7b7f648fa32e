/** A series in a plain sentence, in the person's language. */
import type { TFunction } from 'i18next';
import { Temporal } from 'temporal-polyfill';
import { formatDay } from '@/lib/days';
import { type Recurrence, WEEKDAYS, type Weekday } from './rule';

/** Its name and those of the days after it are the names of the week. */
const SOME_MONDAY = Temporal.PlainDate.from('2026-11-16');
const LAST_SAFE_DAY = 28;
const WORKING_DAYS = WEEKDAYS.slice(0, 5);

type Start = { date: string; time: string; endTime: string };

export function weekdayName(day: Weekday, locale: string, weekday: 'long' | 'short'): string {
  const date = SOME_MONDAY.add({ days: WEEKDAYS.indexOf(day) });
  return formatDay(date.toString(), locale, { weekday });
}

function isWorkingWeek(days: readonly Weekday[]): boolean {
  return days.length === WORKING_DAYS.length && WORKING_DAYS.every((day) => days.includes(day));
}

function listOf(names: string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}

function rhythm(recurrence: Recurrence, start: Start, t: TFunction<'events'>, locale: string) {
  const { frequency, interval: count, weekdays } = recurrence;
  if (frequency === 'daily') return t('summary.daily', { count });
  if (frequency === 'weekly') {
    if (isWorkingWeek(weekdays)) return t('summary.workdays', { count });
    const days = WEEKDAYS.filter((day) => weekdays.includes(day));
    const names = days.map((day) => weekdayName(day, locale, 'long'));
    return t('summary.weekly', { count, days: listOf(names, locale) });
  }
  const day = Number(start.date.slice(-2));
  const sentence = t('summary.monthly', { count, day });
  return day > LAST_SAFE_DAY ? `${sentence} ${t('summary.shortMonths', { day })}` : sentence;
}

function ending({ end, until, count }: Recurrence, t: TFunction<'events'>, locale: string): string {
  if (end === 'count') return `, ${t('summary.count', { count })}`;
  if (end === 'never' || until === '') return '';
  const day = formatDay(until, locale, { day: '2-digit', month: '2-digit', year: 'numeric' });
  return `, ${t('summary.until', { day })}`;
}

/** Null for a single event; a rule that the form cannot express is named by itself. */
export function describeRecurrence(
  recurrence: Recurrence,
  start: Start,
  t: TFunction<'events'>,
  locale: string,
): string | null {
  const { frequency, weekdays, otherRule } = recurrence;
  if (frequency === 'none') return null;
  if (frequency === 'other') return t('summary.other', { rule: otherRule });
  if (frequency === 'weekly' && weekdays.length === 0) return null;
  const time = t('summary.time', { start: start.time, end: start.endTime });
  return `${rhythm(recurrence, start, t, locale)}, ${time}${ending(recurrence, t, locale)}`;
}
