/** How the devices are, what they are, and their groups, joined into one read that QueryView can show. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listClientsOptions } from '@/api/generated/@tanstack/react-query.gen';
import { useClientStatus } from '@/api/use-client-status';
import { useGroups } from '@/api/use-groups';
import { infoscreenRows } from '../infoscreen-rows';

/** Model and version of a device change with its start at most; its status follows the notices. */
const DETAILS_REFRESH_MS = 60_000;

export function useInfoscreens() {
  const statuses = useClientStatus();
  const groups = useGroups();
  const clients = useQuery({ ...listClientsOptions(), refetchInterval: DETAILS_REFRESH_MS });

  const data = useMemo(() => {
    if (!statuses.data || !clients.data || !groups.data) return undefined;
    return {
      groups: groups.data,
      rows: infoscreenRows(statuses.data, clients.data.clients, groups.data),
    };
  }, [statuses.data, clients.data, groups.data]);

  const queries = [statuses, clients, groups];
  return {
    data,
    isError: queries.some((query) => query.isError),
    error: queries.find((query) => query.isError)?.error,
    refetch: () => Promise.all(queries.map((query) => query.refetch())),
  };
}
