import { useQuery } from '@tanstack/react-query';
import { periodUsageOptions } from '@/api/generated/@tanstack/react-query.gen';

/** Asked anew for every question: what stood in the way a minute ago may be gone. */
export function usePeriodUsage(id: number) {
  return useQuery({
    ...periodUsageOptions({ path: { period_id: id } }),
    staleTime: 0,
    gcTime: 0,
  });
}
