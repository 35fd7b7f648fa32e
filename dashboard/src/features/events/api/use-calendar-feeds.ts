import { useQuery } from '@tanstack/react-query';
import { listCalendarsOptions } from '@/api/generated/@tanstack/react-query.gen';
import type { CalendarFeedsAnswer } from '@/api/generated/types.gen';

const pickCalendars = ({ calendars }: CalendarFeedsAnswer) => calendars;

/** The person's own calendar subscriptions, without their addresses: those are told once. */
export function useCalendarFeeds() {
  return useQuery({ ...listCalendarsOptions(), select: pickCalendars });
}
