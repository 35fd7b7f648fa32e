import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelCommandMutation } from './generated/@tanstack/react-query.gen';
import { refreshAfter } from './notices';

const COMMANDS = new Set(['commands'] as const);

/** Also after a refusal: then the device was quicker, and the page should show how far it is. */
export function useCancelCommand() {
  const queryClient = useQueryClient();
  return useMutation({
    ...cancelCommandMutation(),
    onSettled: () => refreshAfter(queryClient, COMMANDS),
  });
}
