import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  listCalendarsQueryKey,
  unsubscribeMutation,
} from '@/api/generated/@tanstack/react-query.gen';
import { useNotify } from '@/components/ui/notify';

/** Ends the address of a group's plan. */
export function useUnsubscribe() {
  const queryClient = useQueryClient();
  const notify = useNotify();
  return useMutation({
    ...unsubscribeMutation(),
    onError: notify.failure,
    onSettled: () => queryClient.invalidateQueries({ queryKey: listCalendarsQueryKey() }),
  });
}
