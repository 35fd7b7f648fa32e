/** A series in a plain sentence, in the person's language: every part of a rule, also of those the form cannot say. */
import type { TFunction } from 'i18next';
import { formatDay } from '@/lib/days';
import { parseApiTime, toWallClock } from '@/lib/time';
import { type Recurrence, ruleParts, untilOnWall, writeRule } from './rule';
import { daysInWords } from './rule-days';

export { weekdayName } from './rule-days';

type Start = { date: string; time: string; endTime: string; zone: string };
type Words = TFunction<'events'>;

const FREQUENCY_KEYS = {
  DAILY: 'summary.every.daily',
  WEEKLY: 'summary.every.weekly',
  MONTHLY: 'summary.every.monthly',
  YEARLY: 'summary.every.yearly',
} as const;

function isFrequency(text: string | undefined): text is keyof typeof FREQUENCY_KEYS {
  return text !== undefined && text in FREQUENCY_KEYS;
}

function lastDay({ otherEnd }: Recurrence, until: string | undefined, zone: string) {
  if (until !== undefined) return untilOnWall(until, zone)?.toPlainDate().toString() ?? null;
  return otherEnd === null ? null : toWallClock(parseApiTime(otherEnd), zone).split('T')[0];
}

function ending(
  recurrence: Recurrence,
  parts: Map<string, string>,
  zone: string,
  t: Words,
  locale: string,
) {
  const count = parts.get('COUNT');
  const last = lastDay(recurrence, parts.get('UNTIL'), zone);
  const until =
    last && formatDay(last, locale, { day: '2-digit', month: '2-digit', year: 'numeric' });
  return [
    ...(count === undefined ? [] : [t('summary.count', { count: Number(count) })]),
    ...(until ? [t('summary.until', { day: until })] : []),
  ];
}

/** Null for a single event, and while a series has no days yet. */
export function describeRecurrence(
  recurrence: Recurrence,
  start: Start,
  t: Words,
  locale: string,
): string | null {
  const { frequency, weekdays, end, until } = recurrence;
  if (frequency === 'weekly' && weekdays.length === 0) return null;
  const isUnfinished = end === 'until' && until === '';
  const rule = writeRule(isUnfinished ? { ...recurrence, end: 'never' } : recurrence, start.date);
  if (rule === null) return null;
  const parts = ruleParts(rule);
  const given = parts.get('FREQ');
  if (!isFrequency(given)) return t('summary.other', { rule });
  const every = t(FREQUENCY_KEYS[given], { count: Number(parts.get('INTERVAL') ?? 1) });
  const days = daysInWords(parts, start.date, t, locale);
  const time = t('summary.time', { start: start.time, end: start.endTime });
  return [
    [every, ...days].join(' '),
    time,
    ...ending(recurrence, parts, start.zone, t, locale),
  ].join(', ');
}
