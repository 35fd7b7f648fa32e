/** What is done to a period; every one of them may change which is active, so all are read again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  activatePeriodMutation,
  archivePeriodMutation,
  changePeriodMutation,
  createPeriodMutation,
  deletePeriodMutation,
  restorePeriodMutation,
} from '@/api/generated/@tanstack/react-query.gen';
import { refreshAfter } from '@/api/notices';

function useRefresh() {
  const queryClient = useQueryClient();
  // Also after a refusal: someone else may have changed the period meanwhile.
  return { onSettled: () => refreshAfter(queryClient, new Set(['periods', 'holidays'])) };
}

export const useCreatePeriod = () => useMutation({ ...createPeriodMutation(), ...useRefresh() });
export const useChangePeriod = () => useMutation({ ...changePeriodMutation(), ...useRefresh() });
export const useActivatePeriod = () =>
  useMutation({ ...activatePeriodMutation(), ...useRefresh() });
export const useArchivePeriod = () => useMutation({ ...archivePeriodMutation(), ...useRefresh() });
export const useRestorePeriod = () => useMutation({ ...restorePeriodMutation(), ...useRefresh() });
export const useDeletePeriod = () => useMutation({ ...deletePeriodMutation(), ...useRefresh() });
