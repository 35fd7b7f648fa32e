/**
 * RFC 5545 rules as the fields of a form, and back. Only what the form can say without changing the meaning
 * becomes fields; every other rule is kept as it is (`other`). Times are wall clocks of the school.
 */
import { Temporal } from 'temporal-polyfill';

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const FREQUENCIES = ['none', 'daily', 'weekly', 'monthly', 'yearly', 'other'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export type SeriesEnd = 'never' | 'until' | 'count';
/** A monthly series is on the day of its start, on the same weekday of the same week, or on the last such weekday. */
export type MonthlyBy = 'day' | 'weekday' | 'last';

export type Recurrence = {
  frequency: Frequency;
  interval: number;
  /** Of a weekly series, Monday first. */
  weekdays: Weekday[];
  monthlyBy: MonthlyBy;
  end: SeriesEnd;
  /** The last day, `2026-12-24`, or empty. */
  until: string;
  count: number;
  /** What the fields cannot say, as stored. */
  otherRule: string;
  /** The last instant at which such a series may begin, as stored. */
  otherEnd: string | null;
};

const KNOWN_PARTS = new Set([
  'FREQ',
  'INTERVAL',
  'BYDAY',
  'BYMONTHDAY',
  'BYMONTH',
  'UNTIL',
  'COUNT',
  'WKST',
]);
const UNTIL_FORM = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;
const DEFAULT_COUNT = 10;
const DAYS_OF_WEEK = 7;
/** A fifth one is not in every month. */
const MOST_WEEKS_OF_MONTH = 4;

export const NO_RECURRENCE: Recurrence = {
  frequency: 'none',
  interval: 1,
  weekdays: [],
  monthlyBy: 'day',
  end: 'never',
  until: '',
  count: DEFAULT_COUNT,
  otherRule: '',
  otherEnd: null,
};

export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'MO';
}

/** Which of its weekday's dates in its month a day is, from 1; null for a fifth one. */
export function weekOfMonth(date: string): number | null {
  const week = Math.ceil(Temporal.PlainDate.from(date).day / DAYS_OF_WEEK);
  return week > MOST_WEEKS_OF_MONTH ? null : week;
}

export function isLastOfMonth(date: string): boolean {
  const { day, daysInMonth } = Temporal.PlainDate.from(date);
  return day + DAYS_OF_WEEK > daysInMonth;
}

/** What a monthly series can follow when it begins on this day. */
export function monthlyChoices(date: string): MonthlyBy[] {
  return [
    'day',
    ...(weekOfMonth(date) === null ? [] : (['weekday'] as const)),
    ...(isLastOfMonth(date) ? (['last'] as const) : []),
  ];
}

export function ruleParts(rule: string): Map<string, string> {
  const body = rule.toUpperCase().replace(/^RRULE:/, '');
  return new Map(
    body
      .split(';')
      .filter(Boolean)
      .map((part): [string, string] => {
        const [name = '', value = ''] = part.split('=');
        return [name.trim(), value.trim()];
      }),
  );
}

/** `UNTIL` on the school's wall; a date means its last second. */
export function untilOnWall(value: string, zone: string): Temporal.PlainDateTime | null {
  const found = UNTIL_FORM.exec(value);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, utc] = found;
  const date = Temporal.PlainDate.from(`${year}-${month}-${day}`);
  if (hour === undefined) return date.toPlainDateTime('23:59:59');
  const time = date.toPlainDateTime(`${hour}:${minute}:${second}`);
  return utc === 'Z' ? time.toZonedDateTime('UTC').withTimeZone(zone).toPlainDateTime() : time;
}

/** The last day on which a series that begins at this time of day can have an occurrence. */
function lastDay(until: Temporal.PlainDateTime, start: Temporal.PlainDateTime): string {
  const isCutOff = Temporal.PlainTime.compare(until.toPlainTime(), start.toPlainTime()) < 0;
  const date = until.toPlainDate();
  return (isCutOff ? date.subtract({ days: 1 }) : date).toString();
}

function readWeekdays(byDay: string | undefined, start: Temporal.PlainDateTime): Weekday[] | null {
  if (byDay === undefined) return [weekdayOf(start.toPlainDate().toString())];
  const given = new Set(byDay.split(','));
  const known = WEEKDAYS.filter((day) => given.has(day));
  return known.length === given.size ? known : null;
}

function readMonthly(byDay: string | undefined, byMonthDay: string | undefined, date: string) {
  const { day } = Temporal.PlainDate.from(date);
  if (byDay === undefined) return (byMonthDay ?? String(day)) === String(day) ? 'day' : null;
  if (byMonthDay !== undefined) return null;
  const weekday = weekdayOf(date);
  if (byDay === `${weekOfMonth(date)}${weekday}`) return 'weekday';
  return byDay === `-1${weekday}` && isLastOfMonth(date) ? 'last' : null;
}

type Shape = Pick<Recurrence, 'frequency' | 'weekdays' | 'interval' | 'monthlyBy'>;

function readFrequency(parts: Map<string, string>, start: Temporal.PlainDateTime): Shape | null {
  if ([...parts.keys()].some((name) => !KNOWN_PARTS.has(name))) return null;
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const byDay = parts.get('BYDAY');
  const byMonthDay = parts.get('BYMONTHDAY');
  const byMonth = parts.get('BYMONTH');
  const frequency = parts.get('FREQ');
  if (byMonth !== undefined && frequency !== 'YEARLY') return null;
  switch (frequency) {
    case 'DAILY':
      if (byDay !== undefined || byMonthDay !== undefined) return null;
      return { frequency: 'daily', weekdays: [], interval, monthlyBy: 'day' };
    case 'WEEKLY': {
      const weekdays = readWeekdays(byDay, start);
      const isOtherWeek = interval > 1 && (parts.get('WKST') ?? 'MO') !== 'MO';
      if (weekdays === null || byMonthDay !== undefined || isOtherWeek) return null;
      return { frequency: 'weekly', weekdays, interval, monthlyBy: 'day' };
    }
    case 'MONTHLY': {
      const monthlyBy = readMonthly(byDay, byMonthDay, start.toPlainDate().toString());
      if (monthlyBy === null) return null;
      return { frequency: 'monthly', weekdays: [], interval, monthlyBy };
    }
    case 'YEARLY': {
      const isOnStart =
        (byMonthDay ?? String(start.day)) === String(start.day) &&
        (byMonth ?? String(start.month)) === String(start.month);
      // A day without its month means that day of every month.
      if (byDay !== undefined || !isOnStart || (byMonthDay !== undefined && byMonth === undefined))
        return null;
      return { frequency: 'yearly', weekdays: [], interval, monthlyBy: 'day' };
    }
    default:
      return null;
  }
}

/** `recurrenceEnd` is the last instant at which an occurrence may start, already on the school's wall. */
export function readRecurrence(
  rule: string | null,
  startOnWall: string,
  zone: string,
  recurrenceEndOnWall: string | null = null,
): Recurrence {
  if (rule === null) return NO_RECURRENCE;
  const other: Recurrence = { ...NO_RECURRENCE, frequency: 'other', otherRule: rule };
  const start = Temporal.PlainDateTime.from(startOnWall);
  const parts = ruleParts(rule);
  const shape = readFrequency(parts, start);
  if (shape === null) return other;

  const until = parts.get('UNTIL');
  const count = parts.get('COUNT');
  const limits = [
    until === undefined ? null : untilOnWall(until, zone),
    recurrenceEndOnWall === null ? null : Temporal.PlainDateTime.from(recurrenceEndOnWall),
  ].flatMap((limit) => (limit === null ? [] : [lastDay(limit, start)]));
  if (count !== undefined && limits.length > 0) return other;
  const base: Recurrence = { ...NO_RECURRENCE, ...shape };
  if (count !== undefined) return { ...base, end: 'count', count: Number(count) };
  const [earliest] = limits.sort();
  return earliest === undefined ? base : { ...base, end: 'until', until: earliest };
}

/** The rule of a series that begins on a day. */
export function writeRule(recurrence: Recurrence, startDate: string): string | null {
  const { frequency, interval, weekdays, monthlyBy, end, until, count, otherRule } = recurrence;
  if (frequency === 'none') return null;
  if (frequency === 'other') return otherRule;
  const parts = [`FREQ=${frequency.toUpperCase()}`];
  if (interval > 1) parts.push(`INTERVAL=${interval}`);
  if (frequency === 'weekly')
    parts.push(`BYDAY=${WEEKDAYS.filter((day) => weekdays.includes(day)).join(',')}`);
  if (frequency === 'monthly' && monthlyBy === 'weekday')
    parts.push(`BYDAY=${weekOfMonth(startDate) ?? ''}${weekdayOf(startDate)}`);
  if (frequency === 'monthly' && monthlyBy === 'last')
    parts.push(`BYDAY=-1${weekdayOf(startDate)}`);
  if (end === 'until') parts.push(`UNTIL=${until.replaceAll('-', '')}`);
  if (end === 'count') parts.push(`COUNT=${count}`);
  return parts.join(';');
}
