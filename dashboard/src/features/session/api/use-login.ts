import { useMutation, useQueryClient } from '@tanstack/react-query';
import { loginMutation, meQueryKey } from '@/api/generated/@tanstack/react-query.gen';

export function useLogin() {
  const queryClient = useQueryClient();
  return useMutation({
    ...loginMutation(),
    onSuccess: (answer) => {
      queryClient.clear();
      queryClient.setQueryData(meQueryKey(), answer);
    },
  });
}
