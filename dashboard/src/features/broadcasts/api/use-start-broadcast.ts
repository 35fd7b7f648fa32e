import { useMutation, useQueryClient } from '@tanstack/react-query';
import { startBroadcastMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

export function useStartBroadcast() {
  const queryClient = useQueryClient();
  return useMutation({
    ...startBroadcastMutation(),
    onSuccess: () => refreshAfter(queryClient, new Set(['broadcasts'])),
  });
}
