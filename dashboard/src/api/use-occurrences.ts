import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseApiTime, toApiTime } from '@/lib/time';
import { listOccurrencesOptions } from './generated/@tanstack/react-query.gen';
import type { OccurrencesAnswer } from './generated/types.gen';
import type { Occurrence } from './types';

type Range = { start: Date; end: Date; groupId?: number };

/** One showing of an event, with its times read. */
export type Showing = Omit<Occurrence, 'startTime' | 'endTime'> & { start: Date; end: Date };

function readShowings({ occurrences }: OccurrencesAnswer): Showing[] {
  return occurrences.map(({ startTime, endTime, ...rest }) => ({
    ...rest,
    start: parseApiTime(startTime),
    end: parseApiTime(endTime),
  }));
}

/** Everything that runs at some time between start and end, series expanded. */
export function useOccurrences({ start, end, groupId }: Range) {
  return useQuery({
    ...listOccurrencesOptions({
      query: { start: toApiTime(start), end: toApiTime(end), groupId },
    }),
    select: readShowings,
    placeholderData: keepPreviousData,
  });
}
