import { useMutation, useQueryClient } from '@tanstack/react-query';
import { endBroadcastMutation } from './generated/@tanstack/react-query.gen';
import { refreshAfter } from './notices';

/** Also after a refusal: it may have ended by itself meanwhile. */
export function useEndBroadcast() {
  const queryClient = useQueryClient();
  return useMutation({
    ...endBroadcastMutation(),
    onSettled: () => refreshAfter(queryClient, new Set(['broadcasts'])),
  });
}
