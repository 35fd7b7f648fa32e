import { useMutation, useQueryClient } from '@tanstack/react-query';
import { activatePeriodMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';
import { useNotify } from '@/components/ui/notify';

/** Makes a period the active one and says so, or why not. */
export function useActivatePeriod() {
  const queryClient = useQueryClient();
  const notify = useNotify();
  const { mutate } = useMutation({
    ...activatePeriodMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['periods'])),
  });
  return (id: number, done: string) =>
    mutate(
      { path: { period_id: id } },
      { onSuccess: () => notify.success(done), onError: notify.failure },
    );
}
