/** Which cached answers a notice of the server makes stale. A new query that follows notices is added here. */
import type { Query, QueryClient } from '@tanstack/react-query';
import type { NoticeKind, Notices } from '@/lib/notice-stream';
import { isPartOperation, refreshClients } from './changed-clients';
import { refreshQuery } from './refresh-query';

const EXPLANATIONS = ['explainGroup', 'explainClient'];
const MONITORING = [
  'monitoringOverview',
  'crashedClients',
  'failedClients',
  'recentErrors',
  'clientLogLines',
];

/** Names of generated operations: the `_id` in their query keys. */
const STALE_BY: Record<NoticeKind, readonly string[]> = {
  clients: [
    'clientStatuses',
    'getClient',
    'brokerAccount',
    'powerSwitch',
    'getPower',
    'getBroadcast',
    'explainClient',
    ...MONITORING,
  ],
  screenshots: ['clientStatuses', 'screenshotHistory', ...MONITORING],
  groups: ['listGroups', 'clientStatuses', 'listOccurrences', ...MONITORING, ...EXPLANATIONS],
  events: [
    'listOccurrences',
    'listSkippedOccurrences',
    'clientStatuses',
    'listEvents',
    'previewEvent',
    ...EXPLANATIONS,
  ],
  media: ['listMedia', ...EXPLANATIONS],
  conversions: ['listMedia', ...EXPLANATIONS],
  commands: ['getCommand', 'clientCommands', 'listCommands', 'clientStatuses', ...MONITORING],
  settings: ['defaults', 'listSettings', 'listAlertChannels', ...EXPLANATIONS],
  periods: [
    'listPeriods',
    'periodUsage',
    'listOccurrences',
    'clientStatuses',
    'previewEvent',
    ...EXPLANATIONS,
  ],
  holidays: ['listHolidays', 'listOccurrences', 'clientStatuses', 'previewEvent', ...EXPLANATIONS],
  broadcasts: ['listBroadcasts', 'getBroadcast', 'clientStatuses', ...EXPLANATIONS],
  rollouts: ['getRollout', 'listRollouts'],
  alerts: ['listAlerts'],
};

function operationOf({ queryKey }: Query): unknown {
  const [first] = queryKey;
  return typeof first === 'object' && first !== null && '_id' in first ? first._id : undefined;
}

/** Asks anew for whatever a change of these kinds makes stale; what is not on the page, when it is. */
export function refreshAfter(queryClient: QueryClient, kinds: ReadonlySet<NoticeKind>) {
  const stale = new Set<unknown>([...kinds].flatMap((kind) => STALE_BY[kind]));
  return queryClient.invalidateQueries({ predicate: (query) => stale.has(operationOf(query)) });
}

/** The ids of these are of clients, or of clients among others. */
const NAME_CLIENTS: readonly NoticeKind[] = ['clients', 'screenshots', 'commands'];

function namesClients([kind, changed]: [NoticeKind, ReadonlySet<string>]): boolean {
  return NAME_CLIENTS.includes(kind) && changed.size > 0;
}

/** The same for what the server announces: gently, as that may be much, and only for the clients that changed. */
export function follow(queryClient: QueryClient, notices: Notices) {
  for (const query of queryClient.getQueryCache().getAll()) {
    const operation = operationOf(query);
    const told = [...notices].filter(([kind]) => STALE_BY[kind].some((each) => each === operation));
    if (told.length === 0) continue;
    if (isPartOperation(operation) && told.every(namesClients)) {
      const ids = new Set(told.flatMap(([, changed]) => [...changed]));
      refreshClients(queryClient, query, operation, ids);
    } else {
      refreshQuery(queryClient, query);
    }
  }
}
