/**
 * Keeps the overview of all clients fresh at the price of those that changed: only they are asked for and put in
 * their places, so that a number is on the page at once however many screens a school has.
 */
import type { Query, QueryClient } from '@tanstack/react-query';
import { parseApiTime } from '@/lib/time';
import { monitoringOverview } from './generated/sdk.gen';
import type { MonitoringOverviewData, OverviewAnswer } from './generated/types.gen';
import { isAsked, refreshQuery, untilAnswered } from './refresh-query';
import type { ClientOverview } from './types';

/** The server takes so many at once. */
const AT_MOST = 100;
/** Falling silent is announced by nobody, and old log lines leave the counts: everything is asked again so often. */
const WHOLE_EVERY_MS = 30_000;

/** What changed while an earlier change is being asked for. */
const changedMeanwhile = new WeakMap<Query, Set<string>>();

export async function refreshClients(
  queryClient: QueryClient,
  query: Query,
  changed: ReadonlySet<string>,
) {
  const meanwhile = changedMeanwhile.get(query);
  if (meanwhile !== undefined) {
    for (const uuid of changed) meanwhile.add(uuid);
    return;
  }
  const waiting = new Set(changed);
  changedMeanwhile.set(query, waiting);
  try {
    while (waiting.size > 0) {
      // A request that is under way may have been answered before the change.
      if (isAsked(query)) await untilAnswered(queryClient, query);
      const uuids = [...waiting];
      waiting.clear();
      if (!(await askFor(queryClient, query, uuids))) await refreshQuery(queryClient, query);
    }
  } finally {
    changedMeanwhile.delete(query);
  }
}

/** Whether the overview has them now; else it has to be asked for as a whole. */
async function askFor(queryClient: QueryClient, query: Query, uuids: string[]): Promise<boolean> {
  const { queryKey } = query as unknown as { queryKey: [Pick<MonitoringOverviewData, 'query'>] };
  if (!query.isActive() || query.state.data === undefined || uuids.length > AT_MOST) return false;
  const wanted = { ...queryKey[0].query, clients: uuids };
  const { data: answer } = await monitoringOverview({ query: wanted, throwOnError: false });
  const known = queryClient.getQueryData<OverviewAnswer>(queryKey);
  if (answer === undefined || known === undefined) return false;
  // Whoever asks for the whole meanwhile began later, and has all this.
  if (isAsked(query)) return true;
  const together = withClients(known, new Set(uuids), answer.clients);
  if (together === null) return false;
  queryClient.setQueryData(queryKey, together);
  return ageOf(known, answer) < WHOLE_EVERY_MS;
}

function ageOf(known: OverviewAnswer, answer: OverviewAnswer): number {
  return parseApiTime(answer.timestamp).getTime() - parseApiTime(known.timestamp).getTime();
}

/** The overview with these clients as they are now; null where that changes who is where in it. */
export function withClients(
  known: OverviewAnswer,
  asked: ReadonlySet<string>,
  changed: ClientOverview[],
): OverviewAnswer | null {
  const news = new Map(changed.map((client) => [client.uuid, client]));
  const clients: ClientOverview[] = [];
  for (const client of known.clients) {
    const now = asked.has(client.uuid) ? news.get(client.uuid) : client;
    if (now === undefined || orderOf(now) !== orderOf(client)) return null;
    news.delete(client.uuid);
    clients.push(now);
  }
  return news.size > 0 ? null : { ...known, clients, summary: summaryOf(clients) };
}

function orderOf({ description, hostname }: ClientOverview) {
  return description ?? hostname;
}

function summaryOf(clients: ClientOverview[]): OverviewAnswer['summary'] {
  const count = (holds: (client: ClientOverview) => boolean) => clients.filter(holds).length;
  const sum = (of: (client: ClientOverview) => number) =>
    clients.reduce((total, client) => total + of(client), 0);
  return {
    totalClients: clients.length,
    healthyClients: count(({ status }) => status === 'healthy'),
    warningClients: count(({ status }) => status === 'warning'),
    criticalClients: count(({ status }) => status === 'critical'),
    offlineClients: count(({ status }) => status === 'offline'),
    errorLogs: sum(({ logCounts }) => logCounts.error),
    warnLogs: sum(({ logCounts }) => logCounts.warn),
    activePriorityScreenshots: count((client) => client.hasActivePriorityScreenshot),
  };
}
