/** PURE: what the form of an emergency message holds, what is missing in it, and what is sent. */
import type { ClientStatus, Group, NewBroadcast } from '@/api/types';

export type Reach = 'all' | 'some';

export type BroadcastFields = {
  reach: Reach;
  groupIds: number[];
  message: string;
  severity: NonNullable<NewBroadcast['severity']>;
  minutes: number | '';
  reason: string;
  drill: boolean;
};

export const LONGEST_MINUTES = 1_440;
export const LONGEST_MESSAGE = 1_000;
export const QUICK_MINUTES = [5, 15, 30, 60] as const;

export const NO_BROADCAST: BroadcastFields = {
  reach: 'all',
  groupIds: [],
  message: '',
  severity: 'warning',
  minutes: 15,
  reason: '',
  drill: false,
};

export type Mistake = 'groups' | 'message' | 'minutes';

export function mistakesIn({ reach, groupIds, message, minutes }: BroadcastFields): Mistake[] {
  const isTime = minutes !== '' && Number.isInteger(minutes) && minutes >= 1;
  return [
    ...(reach === 'some' && groupIds.length === 0 ? (['groups'] as const) : []),
    ...(message.trim() === '' ? (['message'] as const) : []),
    ...(isTime && minutes <= LONGEST_MINUTES ? [] : (['minutes'] as const)),
  ];
}

export function toRequest(fields: BroadcastFields): NewBroadcast {
  const { reach, groupIds, message, severity, minutes, reason, drill } = fields;
  return {
    message: message.trim(),
    severity,
    minutes: Number(minutes),
    reason: reason.trim() || null,
    drill,
    ...(reach === 'all' ? { all: true } : { groupIds }),
  };
}

/** Groups that a message can reach: never the fixed one. */
export function targetGroups(groups: Group[], { reach, groupIds }: BroadcastFields): Group[] {
  const real = groups.filter((group) => !group.isUnassigned);
  return reach === 'all' ? real : real.filter(({ id }) => groupIds.includes(id));
}

export function screensIn(groups: Group[], clients: ClientStatus[]): ClientStatus[] {
  const ids = new Set(groups.map(({ id }) => id));
  return clients.filter((client) => client.isActive && ids.has(client.groupId));
}
