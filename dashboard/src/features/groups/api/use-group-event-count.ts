import { useQuery } from '@tanstack/react-query';
import { listEventsOptions } from '@/api/generated/@tanstack/react-query.gen';

/** How many events a group has, past ones too: they all move when the group is deleted. */
export function useGroupEventCount(groupId: number) {
  return useQuery({
    ...listEventsOptions({ query: { groupId } }),
    select: ({ events }) => events.length,
    staleTime: 0,
  });
}
