import { useInfiniteQuery } from '@tanstack/react-query';
import { listAlertsInfiniteOptions } from './generated/@tanstack/react-query.gen';
import type { AlertKind } from './generated/types.gen';

const PAGE = 50;

/** A page after the other, the newest first. */
export function useAlerts(state: 'open' | 'closed', kind: AlertKind | undefined) {
  return useInfiniteQuery({
    ...listAlertsInfiniteOptions({
      query: { state, kind: kind === undefined ? undefined : [kind], limit: PAGE },
    }),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) =>
      nextCursor === null ? undefined : { query: { cursor: nextCursor } },
  });
}
