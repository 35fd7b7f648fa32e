/** PURE: the statuses of the roll-call in the order in which they are shown, their colours, and its rows. */
import type { BroadcastDetail, Group } from '@/api/types';

export type RollCallScreen = BroadcastDetail['screens'][number];
export type RollCallStatus = RollCallScreen['status'];
type Counts = BroadcastDetail['counts'];

export const STATUSES = [
  { key: 'shown', status: 'shown', badge: 'teal', color: 'var(--app-good)' },
  {
    key: 'preparing',
    status: 'preparing',
    badge: 'blue',
    color: 'var(--mantine-primary-color-filled)',
  },
  { key: 'tvOff', status: 'tv_off', badge: 'orange', color: 'var(--app-part)' },
  { key: 'offline', status: 'offline', badge: 'red', color: 'var(--app-bad)' },
  {
    key: 'overruled',
    status: 'overruled',
    badge: 'gray',
    color: 'var(--mantine-color-gray-5)',
  },
] as const satisfies readonly {
  key: keyof Counts;
  status: RollCallStatus;
  badge: string;
  color: string;
}[];

export const BADGE_COLORS = Object.fromEntries(
  STATUSES.map(({ status, badge }) => [status, badge]),
) as Record<RollCallStatus, string>;

/** Who does not show it comes first. */
const URGENCY: Record<RollCallStatus, number> = {
  offline: 0,
  tv_off: 1,
  preparing: 2,
  overruled: 3,
  shown: 4,
};

export type RollCallRow = { screen: RollCallScreen; name: string; group: string; urgency: number };

export function rollCallRows(screens: RollCallScreen[], groups: Group[]): RollCallRow[] {
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  return screens.map((screen) => ({
    screen,
    name: screen.name,
    group: names.get(screen.groupId) ?? '–',
    urgency: URGENCY[screen.status],
  }));
}
