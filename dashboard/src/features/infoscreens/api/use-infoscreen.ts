/** One device: what it is, how it is, and the groups it could be in, joined into one read. */
import { useQuery } from '@tanstack/react-query';
import { getClientOptions } from '@/api/generated/@tanstack/react-query.gen';
import { useClientStatus } from '@/api/use-client-status';
import { useGroups } from '@/api/use-groups';

export function useInfoscreen(uuid: string) {
  const client = useQuery(getClientOptions({ path: { uuid } }));
  const statuses = useClientStatus();
  const groups = useGroups();
  const status = statuses.data?.find((each) => each.uuid === uuid);

  const queries = [client, statuses, groups];
  return {
    data:
      client.data && status && groups.data
        ? { client: client.data, status, groups: groups.data }
        : undefined,
    isError: queries.some((query) => query.isError),
    error: queries.find((query) => query.isError)?.error,
    refetch: () => Promise.all(queries.map((query) => query.refetch())),
  };
}

export type Infoscreen = NonNullable<ReturnType<typeof useInfoscreen>['data']>;
