/** PURE: the period a day belongs to, the same day in another one, and the holidays a view shows. */
import { Temporal } from 'temporal-polyfill';
import type { Holiday, Period } from '@/api/types';
import { sharesDay } from '@/lib/days';
import { daysShown } from './calendar-range';
import type { CalendarView } from './search';

type Days = Pick<Period, 'startDate' | 'endDate'>;

/** Of several that cover the day the one that starts last, as on the server. */
export function periodOf(periods: readonly Period[], day: string): Period | undefined {
  return periods.findLast(({ startDate, endDate }) => startDate <= day && day <= endDate);
}

/** The same day and month in the period; where it has none, its nearest end. */
export function sameDayIn({ startDate, endDate }: Days, day: string): string {
  const { month, day: dayOfMonth } = Temporal.PlainDate.from(day);
  const { year: first } = Temporal.PlainDate.from(startDate);
  const { year: last } = Temporal.PlainDate.from(endDate);
  for (let year = first; year <= last; year += 1) {
    const same = Temporal.PlainDate.from({ year, month, day: dayOfMonth }).toString();
    if (startDate <= same && same <= endDate) return same;
  }
  return day < startDate ? startDate : endDate;
}

export function holidaysInView(
  holidays: readonly Holiday[],
  view: CalendarView,
  date: string,
): number {
  const { first, after } = daysShown(view, date);
  const endDate = Temporal.PlainDate.from(after).subtract({ days: 1 }).toString();
  return holidays.filter((holiday) => sharesDay(holiday, { startDate: first, endDate })).length;
}
