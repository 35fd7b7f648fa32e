/** The three reads behind the Dashboard, joined into one that QueryView can show. */
import { useMemo } from 'react';
import type { Broadcast } from '@/api/types';
import { useClientStatus } from '@/api/use-client-status';
import { useGroups } from '@/api/use-groups';
import { useOccurrences } from '@/api/use-occurrences';
import { useRunningBroadcasts } from '@/api/use-running-broadcasts';
import { useNow, useSchoolZone } from '@/lib/school-time';
import { addDays, fromEpoch, isSameDay, parseApiTime, startOfDay, toApiTime } from '@/lib/time';
import { groupCards, needsLook } from '../group-cards';
import { usePlanClock } from '../use-plan-clock';

const MINUTE_MS = 60_000;
const NONE: Broadcast[] = [];

/** On a Friday afternoon "Danach" still finds Monday morning. */
const DAYS_AHEAD = 4;

/** From today's midnight on; the same range until the next midnight. */
function useDays() {
  const zone = useSchoolZone();
  const today = toApiTime(startOfDay(useNow(MINUTE_MS), zone));
  return useMemo(() => {
    const start = parseApiTime(today);
    return { start, end: addDays(start, DAYS_AHEAD, zone) };
  }, [today, zone]);
}

export function useOverview() {
  const zone = useSchoolZone();
  const days = useDays();
  const groups = useGroups();
  const clients = useClientStatus();
  const occurrences = useOccurrences(days);
  const { data: broadcasts = NONE } = useRunningBroadcasts();
  const at = usePlanClock(occurrences.data);

  const data = useMemo(() => {
    if (!groups.data || !clients.data || !occurrences.data) return undefined;
    const showings = occurrences.data;
    return {
      at,
      cards: groupCards({ groups: groups.data, clients: clients.data, showings, broadcasts }, at),
      totals: {
        clients: clients.data.length,
        online: clients.data.filter((client) => client.isAlive).length,
        warnings: clients.data.filter(needsLook).length,
        eventsToday: showings.filter(({ start }) => isSameDay(start, at, zone)).length,
      },
    };
  }, [groups.data, clients.data, occurrences.data, broadcasts, at, zone]);

  const queries = [groups, clients, occurrences];
  return {
    data,
    isError: queries.some((query) => query.isError),
    error: queries.find((query) => query.isError)?.error,
    refetch: () => Promise.all(queries.map((query) => query.refetch())),
    /** Like `refetch`, but fails when one of the reads does. */
    refresh: () => Promise.all(queries.map((query) => query.refetch({ throwOnError: true }))),
    updatedAt: fromEpoch(Math.max(...queries.map((query) => query.dataUpdatedAt))),
  };
}
