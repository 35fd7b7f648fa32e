import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  clearServiceFailedMutation,
  failedClientsQueryKey,
} from '@/api/generated/@tanstack/react-query.gen';
import { useNotify } from '@/components/ui/notify';

/** *Quittieren*; the row is gone from the list before the hook reports. */
export function useClearFailed() {
  const queryClient = useQueryClient();
  const notify = useNotify();
  return useMutation({
    ...clearServiceFailedMutation(),
    onSuccess: ({ message }) => {
      notify.success(message);
      return queryClient.invalidateQueries({ queryKey: failedClientsQueryKey() });
    },
    onError: notify.failure,
  });
}
