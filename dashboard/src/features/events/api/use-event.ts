import { useQuery } from '@tanstack/react-query';
import { getEventOptions } from '@/api/generated/@tanstack/react-query.gen';

/** What is about to be edited must be the present state: an answer kept from before is not shown meanwhile. */
export function useEvent(id: number) {
  const query = useQuery({
    ...getEventOptions({ path: { event_id: id } }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return { ...query, data: query.isFetchedAfterMount ? query.data : undefined };
}
