/** PURE: what the cards of the Dashboard say, from groups, devices and showings at one instant. */
import { shownBroadcasts } from '@/api/shown-broadcasts';
import type { Broadcast, ClientStatus, Group } from '@/api/types';
import type { Showing } from '@/api/use-occurrences';
import { byGroup } from '@/lib/by-group';
import type { OverviewFilter } from './search';

export type Reach = 'online' | 'partly' | 'offline' | 'none';

export type GroupCard = {
  group: Group;
  clients: ClientStatus[];
  online: number;
  /** Devices that are online and yet need a look. */
  warnings: number;
  reach: Reach;
  now: Showing[];
  next: Showing | null;
  /** The emergency message that is shown instead. */
  broadcast: Broadcast | null;
};

type Source = {
  groups: Group[];
  clients: ClientStatus[];
  showings: Showing[];
  broadcasts: Broadcast[];
};

function reachOf(online: number, total: number): Reach {
  if (total === 0) return 'none';
  if (online === total) return 'online';
  return online === 0 ? 'offline' : 'partly';
}

/** Online, and yet somebody should look. */
export function needsLook({ status }: ClientStatus): boolean {
  return status === 'warning' || status === 'critical';
}

export function groupCards(source: Source, at: Date): GroupCard[] {
  const { groups, clients, showings, broadcasts } = source;
  const broadcastOf = shownBroadcasts(broadcasts);
  const clientsOf = byGroup(clients);
  const ordered = showings.toSorted((a, b) => a.start.getTime() - b.start.getTime());
  const showingsOf = byGroup(ordered);
  return groups.map((group) => {
    const members = clientsOf.get(group.id) ?? [];
    const planned = showingsOf.get(group.id) ?? [];
    const online = members.filter((client) => client.isAlive).length;
    return {
      group,
      clients: members,
      online,
      warnings: members.filter(needsLook).length,
      reach: reachOf(online, members.length),
      now: planned.filter(({ start, end }) => start <= at && at < end),
      next: planned.find(({ start }) => start > at) ?? null,
      broadcast: broadcastOf.get(group.id) ?? null,
    };
  });
}

/** Offline means: at least one device is. A group without devices is neither. */
export function matchesFilter(card: GroupCard, filter: OverviewFilter): boolean {
  if (filter === 'online') return card.reach === 'online';
  if (filter === 'offline') return card.reach === 'offline' || card.reach === 'partly';
  if (filter === 'warning') return card.warnings > 0;
  return true;
}

/** The next instant at which a card would say something else. */
export function nextChange(showings: Showing[], after: Date): Date | null {
  const instants = showings.flatMap(({ start, end }) => [start, end]);
  return instants.reduce<Date | null>(
    (next, instant) => (instant > after && (next === null || instant < next) ? instant : next),
    null,
  );
}
