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
  return statuses.map((client) => {
    const { model = null, softwareVersion = null } = details.get(client.uuid) ?? {};
    return rowOf(client, {
      groupName: groupNames.get(client.groupId) ?? '',
      model,
      softwareVersion,
    });
  });
}

/** As long as a device says the same, its row is the same object, and the table draws it only once. */
const known = new WeakMap<ClientStatus, InfoscreenRow>();

type Details = Pick<InfoscreenRow, 'groupName' | 'model' | 'softwareVersion'>;

function rowOf(client: ClientStatus, details: Details): InfoscreenRow {
  const before = known.get(client);
  if (before !== undefined && isSame(before, details)) return before;
  const row = {
    client,
    name: clientName(client),
    lastAlive: client.lastAlive === null ? null : parseApiTime(client.lastAlive),
    urgency: URGENCY[client.status],
    ...details,
  };
  known.set(client, row);
  return row;
}

function isSame(one: Details, other: Details): boolean {
  return (
    one.groupName === other.groupName &&
    one.model === other.model &&
    one.softwareVersion === other.softwareVersion
  );
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
