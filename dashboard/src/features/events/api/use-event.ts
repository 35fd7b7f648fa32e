import { useQuery } from '@tanstack/react-query';
import { getEventOptions } from '@/api/generated/@tanstack/react-query.gen';

/** Always asked anew: what is about to be edited must be the present state. */
export function useEvent(id: number) {
  return useQuery({
    ...getEventOptions({ path: { event_id: id } }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}
