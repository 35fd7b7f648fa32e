import type { ClientStatus } from '@/api/types';
import classes from './device-list.module.css';
import { DeviceRow } from './device-row';

/** What needs someone comes first. */
const URGENCY = { offline: 0, critical: 1, warning: 2, healthy: 3 } as const;

export function DeviceList({ clients }: { clients: ClientStatus[] }) {
  const ordered = clients.toSorted((a, b) => URGENCY[a.status] - URGENCY[b.status]);
  return (
    <ul className={classes.list}>
      {ordered.map((client) => (
        <DeviceRow key={client.uuid} client={client} />
      ))}
    </ul>
  );
}
