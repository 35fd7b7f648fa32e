/** PURE: the rows of the list, from how the devices are, what they are, and their groups. */
import { clientName } from '@/api/client-name';
import { clientFits, fold } from '@/api/client-search';
import type { Client, ClientStatus, Group } from '@/api/types';
import { parseApiTime } from '@/lib/time';
import type { InfoscreensSearch } from './search';

export type InfoscreenRow = {
  client: ClientStatus;
  name: string;
  groupName: string;
  lastAlive: Date | null;
  /** What needs someone comes first. */
  urgency: number;
  /** Null until the device has told it. */
  model: string | null;
  softwareVersion: string | null;
};

const URGENCY = { offline: 0, critical: 1, warning: 2, healthy: 3 } as const;

export function infoscreenRows(
  statuses: ClientStatus[],
  clients: Client[],
  groups: Group[],
): InfoscreenRow[] {
  const details = new Map(clients.map((client) => [client.uuid, client]));
  const groupNames = new Map(groups.map(({ id, name }) => [id, name]));
  return statuses.map((client) => ({
    client,
    name: clientName(client),
    groupName: groupNames.get(client.groupId) ?? '',
    lastAlive: client.lastAlive === null ? null : parseApiTime(client.lastAlive),
    urgency: URGENCY[client.status],
    model: details.get(client.uuid)?.model ?? null,
    softwareVersion: details.get(client.uuid)?.softwareVersion ?? null,
  }));
}

function fitsText(row: InfoscreenRow, wanted: string): boolean {
  const others = [row.groupName, row.model ?? '', row.softwareVersion ?? ''];
  return clientFits(row.client, wanted) || others.some((text) => fold(text).includes(wanted));
}

type Wanted = Pick<InfoscreensSearch, 'q' | 'group' | 'status'>;

export function filterRows(rows: InfoscreenRow[], { q = '', group, status }: Wanted) {
  const wanted = fold(q);
  return rows.filter(
    (row) =>
      (group === undefined || row.client.groupId === group) &&
      (status === undefined || row.client.status === status) &&
      (wanted === '' || fitsText(row, wanted)),
  );
}
