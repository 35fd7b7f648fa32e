import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  pauseRolloutMutation,
  resumeRolloutMutation,
  stopRolloutMutation,
} from './generated/@tanstack/react-query.gen';
import { refreshAfter } from './notices';

const ROLLOUTS = new Set(['rollouts', 'commands'] as const);

/** Pause, go on, stop. Refreshes also after a refusal: then the rollout was moved by someone else, or by itself. */
export function useMoveRollout() {
  const queryClient = useQueryClient();
  const onSettled = () => refreshAfter(queryClient, ROLLOUTS);
  return {
    pause: useMutation({ ...pauseRolloutMutation(), onSettled }),
    resume: useMutation({ ...resumeRolloutMutation(), onSettled }),
    stop: useMutation({ ...stopRolloutMutation(), onSettled }),
  };
}
