/** PURE: the rows of the device table, from the overview and what the school's events are called. */
import { clientName } from '@/api/client-name';
import { fold } from '@/api/client-search';
import type { ClientOverview } from '@/api/types';
import { parseApiTime } from '@/lib/time';
import type { MonitoringSearch } from './search';

export type DeviceRow = {
  client: ClientOverview;
  name: string;
  /** What needs someone comes first. */
  urgency: number;
  lastAlive: Date | null;
  lastDisconnect: Date | null;
};

/** As long as a device says the same, its row is the same object, and the table draws it only once. */
const known = new WeakMap<ClientOverview, DeviceRow>();
const URGENCY = { critical: 0, offline: 1, warning: 2, healthy: 3 } as const;

function rowOf(client: ClientOverview): DeviceRow {
  const row = known.get(client) ?? {
    client,
    name: clientName(client),
    urgency: URGENCY[client.status],
    lastAlive: client.lastAlive === null ? null : parseApiTime(client.lastAlive),
    lastDisconnect:
      client.mqttLastDisconnectAt === null ? null : parseApiTime(client.mqttLastDisconnectAt),
  };
  known.set(client, row);
  return row;
}

type Wanted = Pick<MonitoringSearch, 'q' | 'status'>;

export function deviceRows(clients: ClientOverview[], { q = '', status }: Wanted): DeviceRow[] {
  const wanted = fold(q);
  return clients
    .filter((client) => status === undefined || client.status === status)
    .map(rowOf)
    .filter(({ client, name }) =>
      [name, client.groupName, client.ip, client.hostname, client.uuid].some((text) =>
        fold(text ?? '').includes(wanted),
      ),
    );
}
