/** PURE: the rows of the timeline: each group with its bars laid out, and how many of its devices are there. */
import type { ClientStatus, Group } from '@/api/types';
import type { Showing } from '@/api/use-occurrences';
import { byGroup } from '@/lib/by-group';
import { type Axis, placeOf } from './axis';
import { type Extent, type Laid, layOut } from './lanes';

export type Bar = Extent & Laid & { showing: Showing };
export type TimelineRow = {
  group: Group;
  bars: readonly Bar[];
  height: number;
  /** Null while it is not known. */
  devices: { online: number; total: number } | null;
};

/** A bar that is narrower can neither be read nor hit. */
const LEAST_PX = 24;

/** The part of a showing that is visible. */
export function extentOf(axis: Axis, { start, end }: { start: Date; end: Date }): Extent {
  const left = Math.max(0, placeOf(axis, start));
  const right = Math.min(axis.width, placeOf(axis, end));
  const width = Math.max(LEAST_PX, right - left);
  return { left: Math.max(0, Math.min(left, axis.width - width)), width };
}

type Source = {
  groups: readonly Group[];
  showings: readonly Showing[];
  clients: readonly ClientStatus[] | undefined;
  axis: Axis;
};

export function timelineRows({ groups, showings, clients, axis }: Source): TimelineRow[] {
  const visible = showings.filter(({ start, end }) => start < axis.end && end > axis.start);
  const showingsOf = byGroup(visible);
  const clientsOf = byGroup(clients ?? []);
  return groups.map((group) => {
    const own = showingsOf.get(group.id) ?? [];
    const extents = own.map((showing) => extentOf(axis, showing));
    const { laid, height } = layOut(extents);
    const bars = own.map((showing, index) => ({
      showing,
      ...(extents[index] as Extent),
      ...(laid[index] as Laid),
    }));
    const members = clientsOf.get(group.id) ?? [];
    const online = members.filter(({ isAlive }) => isAlive).length;
    const devices = clients === undefined ? null : { online, total: members.length };
    return { group, bars, height, devices };
  });
}
