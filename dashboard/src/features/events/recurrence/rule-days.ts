/** The days of a recurrence rule in words: weekdays with their ordinals, days of the month, months, positions. */
import type { TFunction } from 'i18next';
import { Temporal } from 'temporal-polyfill';
import { formatDay } from '@/lib/days';
import { WEEKDAYS, type Weekday, weekdayOf } from './rule';

type Words = TFunction<'events'>;
type Parts = Map<string, string>;

/** Its name and those of the days after it are the names of the week. */
const SOME_MONDAY = Temporal.PlainDate.from('2026-11-16');
const LAST_SAFE_DAY = 28;
const LEAP_DAY = '02-29';
const WORKING_DAYS = WEEKDAYS.slice(0, 5);
const ORDINALS: Record<number, 'first' | 'second' | 'third' | 'fourth' | 'fifth'> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
};
const BY_DAY = /^([+-]?\d+)?([A-Z]{2})$/;

export function weekdayName(day: Weekday, locale: string, weekday: 'long' | 'short'): string {
  const date = SOME_MONDAY.add({ days: WEEKDAYS.indexOf(day) });
  return formatDay(date.toString(), locale, { weekday });
}

const listOf = (names: string[], locale: string) =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
const partsOf = (text: string | undefined) => (text === undefined ? [] : text.split(','));

/** `ersten`, `letzten`, `20.`; fit to stand after “am”. */
export function ordinal(number: number, t: Words): string {
  if (number === -1) return t('summary.ordinal.last');
  if (number === -2) return t('summary.ordinal.secondLast');
  const name = ORDINALS[Math.abs(number)];
  const said =
    name === undefined
      ? t('summary.ordinal.other', { count: Math.abs(number), ordinal: true })
      : t(`summary.ordinal.${name}`);
  return number < 0 ? t('summary.ordinal.fromEnd', { ordinal: said }) : said;
}

type NamedDay = { position: number | null; name: string; code: Weekday };

function namedDays(byDay: string | undefined, locale: string): NamedDay[] {
  const found = partsOf(byDay).flatMap((text) => {
    const [, position, named] = BY_DAY.exec(text) ?? [];
    const code = WEEKDAYS.find((each) => each === named);
    if (code === undefined) return [];
    const name = weekdayName(code, locale, 'long');
    return [{ position: position === undefined ? null : Number(position), name, code }];
  });
  const place = ({ code }: NamedDay) => WEEKDAYS.indexOf(code);
  return found.sort((one, other) => place(one) - place(other));
}

function weekdays(days: NamedDay[], t: Words, locale: string): string {
  const isWorkingWeek =
    days.length === WORKING_DAYS.length &&
    WORKING_DAYS.every((day) => days.some(({ code }) => code === day));
  if (isWorkingWeek) return t('summary.workdays');
  return t('summary.weekdays', {
    days: listOf(
      days.map(({ name }) => name),
      locale,
    ),
  });
}

function ofMonthOrYear(days: NamedDay[], parts: Parts, t: Words, locale: string): string {
  const phrases = days.map(({ position, name }) =>
    position === null
      ? t('summary.eachWeekday', { day: name })
      : t('summary.ordinalDay', { ordinal: ordinal(position, t), day: name }),
  );
  const said = listOf(phrases, locale);
  const countsInYear =
    parts.get('FREQ') === 'YEARLY' &&
    !parts.has('BYMONTH') &&
    days.some(({ position }) => position !== null);
  return countsInYear ? `${said} ${t('summary.ofYear')}` : said;
}

function monthDays(byMonthDay: string, parts: Parts, t: Words, locale: string): string {
  const phrases = partsOf(byMonthDay).map((text) => {
    const day = Number(text);
    return day > 0
      ? t('summary.monthDay', { day })
      : t('summary.dayFromEnd', { ordinal: ordinal(day, t) });
  });
  const said = listOf(phrases, locale);
  const [only] = phrases.length === 1 ? partsOf(byMonthDay).map(Number) : [];
  const isRare = parts.get('FREQ') === 'MONTHLY' && only !== undefined && only > LAST_SAFE_DAY;
  return isRare ? `${said} ${t('summary.shortMonths', { day: only })}` : said;
}

function implied(parts: Parts, startDate: string, t: Words, locale: string): string {
  const day = String(Number(startDate.slice(-2)));
  if (parts.get('FREQ') === 'WEEKLY') {
    return weekdays(namedDays(weekdayOf(startDate), locale), t, locale);
  }
  if (parts.get('FREQ') === 'MONTHLY' || parts.has('BYMONTH'))
    return monthDays(day, parts, t, locale);
  const said = t('summary.yearDay', {
    day: formatDay(startDate, locale, { day: 'numeric', month: 'long' }),
  });
  return startDate.endsWith(LEAP_DAY) ? `${said} ${t('summary.leapYears')}` : said;
}

function dayPhrase(parts: Parts, startDate: string, t: Words, locale: string): string | null {
  const days = namedDays(parts.get('BYDAY'), locale);
  const byMonthDay = parts.get('BYMONTHDAY');
  const frequency = parts.get('FREQ');
  if (byMonthDay !== undefined) {
    const said = monthDays(byMonthDay, parts, t, locale);
    if (days.length === 0) return said;
    const either = new Intl.ListFormat(locale, { type: 'disjunction' });
    return `${said}, ${t('summary.ifWeekday', { days: either.format(days.map(({ name }) => name)) })}`;
  }
  if (days.length > 0)
    return frequency === 'WEEKLY' || frequency === 'DAILY'
      ? weekdays(days, t, locale)
      : ofMonthOrYear(days, parts, t, locale);
  return frequency === 'DAILY' ? null : implied(parts, startDate, t, locale);
}

function monthPhrase(parts: Parts, t: Words, locale: string): string | null {
  const numbers = partsOf(parts.get('BYMONTH')).map(Number);
  if (numbers.length === 0) {
    const isEveryMonth = parts.get('FREQ') === 'YEARLY' && parts.has('BYMONTHDAY');
    return isEveryMonth ? t('summary.everyMonth') : null;
  }
  const names = numbers
    .sort((one, other) => one - other)
    .map((month) =>
      formatDay(Temporal.PlainDate.from({ year: 2026, month, day: 1 }).toString(), locale, {
        month: 'long',
      }),
    );
  return t('summary.inMonths', { months: listOf(names, locale) });
}

function positionPhrase(parts: Parts, t: Words, locale: string): string | null {
  const positions = partsOf(parts.get('BYSETPOS')).map(Number);
  if (positions.length === 0) return null;
  const said = positions.map((position) => ordinal(position, t));
  return t('summary.positions', { ordinals: listOf(said, locale) });
}

/** Where a week begins only matters where weeks are counted. */
function weekStartPhrase(parts: Parts, t: Words, locale: string): string | null {
  const day = WEEKDAYS.find((each) => each === parts.get('WKST'));
  const counts = parts.get('FREQ') === 'WEEKLY' && (parts.has('INTERVAL') || parts.has('BYSETPOS'));
  if (day === undefined || day === 'MO' || !counts) return null;
  return t('summary.weekStart', { day: weekdayName(day, locale, 'long') });
}

/** What follows “every month”, in the order in which it is said. */
export function daysInWords(parts: Parts, startDate: string, t: Words, locale: string): string[] {
  return [
    dayPhrase(parts, startDate, t, locale),
    monthPhrase(parts, t, locale),
    positionPhrase(parts, t, locale),
    weekStartPhrase(parts, t, locale),
  ].filter((phrase) => phrase !== null);
}
