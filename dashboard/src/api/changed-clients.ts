/**
 * Keeps what is known of all clients fresh at the price of those that changed: only they are asked for and put in
 * their places, so that a number is on the page at once however many screens a school has.
 */
import type { Query, QueryClient } from '@tanstack/react-query';
import { parseApiTime } from '@/lib/time';
import { clientStatuses, monitoringOverview } from './generated/sdk.gen';
import type {
  ClientStatusesAnswer,
  ClientStatusesData,
  MonitoringOverviewData,
  OverviewAnswer,
} from './generated/types.gen';
import { isAsked, refreshQuery, untilAnswered } from './refresh-query';
import type { ClientOverview } from './types';

/** The server takes so many at once. */
const AT_MOST = 100;
/** Falling silent is announced by nobody, and old log lines leave the counts: everything is asked again so often. */
const WHOLE_EVERY_MS = 30_000;

/** How an answer about all clients is asked for in part, and put together with what is known. */
type InParts<Answer> = {
  ask: (key: readonly unknown[], uuids: string[]) => Promise<Answer | undefined>;
  /** Null where what changed changes who is where in it. */
  together: (known: Answer, asked: ReadonlySet<string>, answer: Answer) => Answer | null;
  /** For how long the whole is known, in milliseconds; `since` by the browser's clock. */
  ageOf: (known: Answer, answer: Answer, since: number) => number;
};

const OVERVIEW: InParts<OverviewAnswer> = {
  ask: async ([key], clients) => {
    const { query } = key as Pick<MonitoringOverviewData, 'query'>;
    return (await monitoringOverview({ query: { ...query, clients }, throwOnError: false })).data;
  },
  together: (known, asked, answer) => {
    const clients = inTheirPlaces(known.clients, asked, answer.clients);
    return clients && { ...known, clients, summary: summaryOf(clients) };
  },
  ageOf: (known, answer) =>
    parseApiTime(answer.timestamp).getTime() - parseApiTime(known.timestamp).getTime(),
};

const STATUSES: InParts<ClientStatusesAnswer> = {
  ask: async ([key], clients) => {
    const { query } = key as Pick<ClientStatusesData, 'query'>;
    return (await clientStatuses({ query: { ...query, clients }, throwOnError: false })).data;
  },
  together: (known, asked, answer) => {
    const clients = inTheirPlaces(known.clients, asked, answer.clients);
    return clients && { ...known, clients };
  },
  ageOf: (_known, _answer, since) => Date.now() - since,
};

/** What changed while an earlier change is being asked for. */
const changedMeanwhile = new WeakMap<Query, Set<string>>();

/** Names of generated operations that can be asked for in part. */
export type PartOperation = 'monitoringOverview' | 'clientStatuses';

export function isPartOperation(operation: unknown): operation is PartOperation {
  return operation === 'monitoringOverview' || operation === 'clientStatuses';
}

export async function refreshClients(
  queryClient: QueryClient,
  query: Query,
  operation: PartOperation,
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
      const isKnown =
        operation === 'clientStatuses'
          ? await askFor(queryClient, query, STATUSES, uuids)
          : await askFor(queryClient, query, OVERVIEW, uuids);
      if (!isKnown) await refreshQuery(queryClient, query);
    }
  } finally {
    changedMeanwhile.delete(query);
  }
}

/** Whether the answer has them now; else it has to be asked for as a whole. */
async function askFor<Answer>(
  queryClient: QueryClient,
  query: Query,
  { ask, together, ageOf }: InParts<Answer>,
  uuids: string[],
): Promise<boolean> {
  const { queryKey } = query;
  if (!query.isActive() || query.state.data === undefined || uuids.length > AT_MOST) return false;
  const answer = await ask(queryKey, uuids);
  const known = queryClient.getQueryData<Answer>(queryKey);
  if (answer === undefined || known === undefined) return false;
  // Whoever asks for the whole meanwhile began later, and has all this.
  if (isAsked(query)) return true;
  const fresh = together(known, new Set(uuids), answer);
  if (fresh === null) return false;
  // As old as the rest of it is.
  const updatedAt = query.state.dataUpdatedAt;
  queryClient.setQueryData(queryKey, fresh, { updatedAt });
  return ageOf(known, answer, updatedAt) < WHOLE_EVERY_MS;
}

type Named = { uuid: string; description: string | null; hostname: string | null };

/** The clients with those that changed as they are now; null where that changes who is where. */
function inTheirPlaces<Client extends Named>(
  known: Client[],
  asked: ReadonlySet<string>,
  changed: Client[],
): Client[] | null {
  const news = new Map(changed.map((client) => [client.uuid, client]));
  const clients: Client[] = [];
  for (const client of known) {
    const now = asked.has(client.uuid) ? news.get(client.uuid) : client;
    if (now === undefined || orderOf(now) !== orderOf(client)) return null;
    news.delete(client.uuid);
    clients.push(now);
  }
  return news.size > 0 ? null : clients;
}

function orderOf({ description, hostname }: Named) {
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
