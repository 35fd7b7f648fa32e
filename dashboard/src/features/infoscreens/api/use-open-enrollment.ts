import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  listEnrollmentsQueryKey,
  openEnrollmentMutation,
} from '@/api/generated/@tanstack/react-query.gen';

/** Makes a one-time code, which the answer holds and nothing else. */
export function useOpenEnrollment() {
  const queryClient = useQueryClient();
  return useMutation({
    ...openEnrollmentMutation(),
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listEnrollmentsQueryKey() }),
  });
}
