/** Where alerts are sent on to. What is sent may hold secrets: nothing of it is kept beyond the form. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  changeAlertChannelsMutation,
  listAlertChannelsOptions,
  listAlertChannelsQueryKey,
  testAlertChannelMutation,
} from '@/api/generated/@tanstack/react-query.gen';

export function useAlertChannels() {
  return useQuery(listAlertChannelsOptions());
}

export function useChangeAlertChannels() {
  const queryClient = useQueryClient();
  const queryKey = listAlertChannelsQueryKey();
  return useMutation({
    ...changeAlertChannelsMutation(),
    gcTime: 0,
    onSuccess: (saved) => queryClient.setQueryData(queryKey, saved),
    // Somebody else may have changed them meanwhile.
    onError: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export function useTestAlertChannel() {
  return useMutation({ ...testAlertChannelMutation(), gcTime: 0 });
}
