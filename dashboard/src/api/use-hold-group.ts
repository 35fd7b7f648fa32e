import { useMutation, useQueryClient } from '@tanstack/react-query';
import { pauseGroupMutation, resumeGroupMutation } from './generated/@tanstack/react-query.gen';
import { refreshAfter } from './notices';

type Reports = {
  onHeld: () => void;
  onReleased: () => void;
  onError: (error: unknown) => void;
};

/** Holds a group or releases it; the reports come before the refresh, which closes the menu that asked. */
export function useHoldGroup({ onHeld, onReleased, onError }: Reports) {
  const queryClient = useQueryClient();
  const onSettled = () => refreshAfter(queryClient, new Set(['groups']));
  return {
    hold: useMutation({ ...pauseGroupMutation(), onSuccess: onHeld, onError, onSettled }),
    release: useMutation({ ...resumeGroupMutation(), onSuccess: onReleased, onError, onSettled }),
  };
}
