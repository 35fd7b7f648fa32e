/** Which cached answers a notice of the server makes stale. A new query that follows notices is added here. */
import type { QueryClient } from '@tanstack/react-query';
import type { NoticeKind } from '@/lib/notice-stream';

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
    'getBroadcast',
    'explainClient',
    ...MONITORING,
  ],
  screenshots: ['clientStatuses', 'screenshotHistory', ...MONITORING],
  groups: ['listGroups', 'clientStatuses', 'listOccurrences', ...MONITORING, ...EXPLANATIONS],
  events: ['listOccurrences', 'clientStatuses', 'listEvents', 'previewEvent', ...EXPLANATIONS],
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

function operationOf(queryKey: readonly unknown[]): unknown {
  const [first] = queryKey;
  return typeof first === 'object' && first !== null && '_id' in first ? first._id : undefined;
}

export function refreshAfter(queryClient: QueryClient, kinds: ReadonlySet<NoticeKind>) {
  const stale = new Set<unknown>([...kinds].flatMap((kind) => STALE_BY[kind]));
  return queryClient.invalidateQueries({
    predicate: (query) => stale.has(operationOf(query.queryKey)),
  });
}
