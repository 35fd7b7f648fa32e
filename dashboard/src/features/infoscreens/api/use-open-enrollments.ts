import { useQuery } from '@tanstack/react-query';
import { listEnrollmentsOptions } from '@/api/generated/@tanstack/react-query.gen';

/** A device uses a code up without a notice to the page. */
const REFRESH_MS = 10_000;

export function useOpenEnrollments() {
  return useQuery({
    ...listEnrollmentsOptions(),
    select: ({ enrollments }) => enrollments,
    refetchInterval: REFRESH_MS,
  });
}
