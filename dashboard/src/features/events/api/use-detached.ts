import { useQuery } from '@tanstack/react-query';
import { listEventsOptions } from '@/api/generated/@tanstack/react-query.gen';
import type { EventsAnswer } from '@/api/generated/types.gen';

const pickEvents = ({ events }: EventsAnswer) => events;

/** What was detached from a series, by start. */
export function useDetached(eventId: number, isSeries: boolean) {
  return useQuery({
    ...listEventsOptions({ query: { recurrenceId: eventId } }),
    select: pickEvents,
    enabled: isSeries,
  });
}
