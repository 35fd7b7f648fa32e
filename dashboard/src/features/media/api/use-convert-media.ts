import { useMutation, useQueryClient } from '@tanstack/react-query';
import { convertMediaMutation } from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

export function useConvertMedia() {
  const queryClient = useQueryClient();
  return useMutation({
    ...convertMediaMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['conversions'])),
  });
}
