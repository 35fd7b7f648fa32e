import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  listEnrollmentsQueryKey,
  withdrawEnrollmentMutation,
} from '@/api/generated/@tanstack/react-query.gen';

export function useWithdrawEnrollment() {
  const queryClient = useQueryClient();
  return useMutation({
    ...withdrawEnrollmentMutation(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: listEnrollmentsQueryKey() }),
  });
}
