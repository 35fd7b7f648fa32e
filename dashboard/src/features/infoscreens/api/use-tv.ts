/** A screen's TV: what it is told and what it did, and a person's word on it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  getPowerOptions,
  getPowerQueryKey,
  overridePowerMutation,
  releasePowerMutation,
} from '@/api/generated/@tanstack/react-query.gen';
import type { ClientPowerAnswer } from '@/api/generated/types.gen';
import { useNotify } from '@/components/ui/notify';

/** What a TV did comes seconds after it was told, and is announced by nobody. */
const REFRESH_MS = 10_000;

export function useTv(uuid: string) {
  return useQuery({ ...getPowerOptions({ path: { uuid } }), refetchInterval: REFRESH_MS });
}

export function useOverrideTv(uuid: string) {
  return useMutation({ ...overridePowerMutation(), ...useAnswerKept(uuid) });
}

export function useReleaseTv(uuid: string) {
  return useMutation({ ...releasePowerMutation(), ...useAnswerKept(uuid) });
}

function useAnswerKept(uuid: string) {
  const queryClient = useQueryClient();
  const notify = useNotify();
  return {
    onSuccess: (now: ClientPowerAnswer) =>
      queryClient.setQueryData(getPowerQueryKey({ path: { uuid } }), now),
    onError: notify.failure,
  };
}
