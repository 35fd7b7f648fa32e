/** Why a group or a device shows what it shows; without an instant as it is now, asked again as time goes on. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  explainClientOptions,
  explainGroupOptions,
} from '@/api/generated/@tanstack/react-query.gen';
import { toApiTime } from '@/lib/time';

/** What is asked about, with the name that people call it by. */
export type Explained =
  | { kind: 'group'; id: number; name: string }
  | { kind: 'client'; uuid: string; name: string };

const AGAIN_MS = 30_000;

const queryOf = (at: Date | null) => (at === null ? undefined : { at: toApiTime(at) });
const rhythm = (at: Date | null) => ({
  refetchInterval: at === null ? AGAIN_MS : (false as const),
  placeholderData: keepPreviousData,
});

export function useGroupExplanation(id: number, at: Date | null) {
  return useQuery({
    ...explainGroupOptions({ path: { group_id: id }, query: queryOf(at) }),
    ...rhythm(at),
  });
}

export function useClientExplanation(uuid: string, at: Date | null) {
  return useQuery({
    ...explainClientOptions({ path: { uuid }, query: queryOf(at) }),
    ...rhythm(at),
  });
}
