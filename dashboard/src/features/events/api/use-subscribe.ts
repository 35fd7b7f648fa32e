import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  listCalendarsQueryKey,
  subscribeMutation,
} from '@/api/generated/@tanstack/react-query.gen';
import { useNotify } from '@/components/ui/notify';

/** Makes an address of a group's plan, or another one in place of the one before. */
export function useSubscribe() {
  const queryClient = useQueryClient();
  const notify = useNotify();
  return useMutation({
    ...subscribeMutation(),
    onError: notify.failure,
    onSettled: () => queryClient.invalidateQueries({ queryKey: listCalendarsQueryKey() }),
  });
}
