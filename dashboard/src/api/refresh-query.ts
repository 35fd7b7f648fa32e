/**
 * Asks again for a cached answer, after a request for it that is under way: broken off by every notice, none would
 * ever end while screens change more often than the server answers.
 */
import type { Query, QueryClient } from '@tanstack/react-query';

const waiting = new WeakSet<Query>();

export async function refreshQuery(queryClient: QueryClient, query: Query) {
  if (isAsked(query)) {
    if (waiting.has(query)) return;
    waiting.add(query);
    await untilAnswered(queryClient, query);
    waiting.delete(query);
  }
  await queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
}

export function isAsked(query: Query): boolean {
  return query.state.fetchStatus === 'fetching';
}

/** Joins the request that is under way; never fails. */
export function untilAnswered(queryClient: QueryClient, query: Query): Promise<void> {
  return queryClient.refetchQueries(
    { queryKey: query.queryKey, exact: true },
    { cancelRefetch: false },
  );
}
