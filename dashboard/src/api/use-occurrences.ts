import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { toApiTime } from '@/lib/time';
import { listOccurrencesOptions } from './generated/@tanstack/react-query.gen';

type Range = { start: Date; end: Date; groupId?: number };

/** Everything that runs at some time between start and end, series expanded. */
export function useOccurrences({ start, end, groupId }: Range) {
  return useQuery({
    ...listOccurrencesOptions({
      query: { start: toApiTime(start), end: toApiTime(end), groupId },
    }),
    select: ({ occurrences }) => occurrences,
    placeholderData: keepPreviousData,
  });
}
