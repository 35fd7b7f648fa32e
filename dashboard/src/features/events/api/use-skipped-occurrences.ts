import { useQuery } from '@tanstack/react-query';
import { listSkippedOccurrencesOptions } from '@/api/generated/@tanstack/react-query.gen';
import type { SkippedAnswer } from '@/api/generated/types.gen';

const pickStarts = ({ skipped }: SkippedAnswer) => skipped;

/** The starts that people left out of a series. */
export function useSkippedOccurrences(eventId: number) {
  return useQuery({
    ...listSkippedOccurrencesOptions({ path: { event_id: eventId } }),
    select: pickStarts,
  });
}
