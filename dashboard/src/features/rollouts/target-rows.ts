/** PURE: the rows of a rollout's list, from its devices' parts and what is known of the devices. */
import { clientName } from '@/api/client-name';
import type { ClientStatus, Rollout } from '@/api/types';

export type Target = Rollout['targets'][number];

export type TargetRow = {
  target: Target;
  /** Null for a device that is gone. */
  name: string | null;
  /** What went wrong comes first, what is settled last. */
  urgency: number;
};

const URGENCY: Record<Target['outcome'], number> = {
  failed: 0,
  timed_out: 1,
  blocked: 2,
  expired: 3,
  open: 4,
  pending: 5,
  canceled: 6,
  vanished: 7,
  completed: 8,
};

export function targetRows({ targets }: Pick<Rollout, 'targets'>, clients: ClientStatus[]) {
  const names = new Map(clients.map((client) => [client.uuid, clientName(client)]));
  return targets.map<TargetRow>((target) => ({
    target,
    name: names.get(target.clientUuid) ?? null,
    urgency: URGENCY[target.outcome],
  }));
}
