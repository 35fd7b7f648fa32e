import { useMutation, useQueryClient } from '@tanstack/react-query';
import { logInMutation, meQueryKey } from '@/api/generated/@tanstack/react-query.gen';

export function useLogin() {
  const queryClient = useQueryClient();
  return useMutation({
    ...logInMutation(),
    onSuccess: (answer) => {
      queryClient.clear();
      queryClient.setQueryData(meQueryKey(), answer);
    },
  });
}
