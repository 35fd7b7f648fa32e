/** PURE: where a command's status leaves a person: still going, over well or badly, or to be called back. */
import type { CommandStatus } from './types';

export const BAD_ENDS: readonly CommandStatus[] = [
  'failed',
  'expired',
  'timed_out',
  'canceled',
  'blocked_safety',
  'manual_intervention_required',
];
const CANCELABLE: readonly CommandStatus[] = ['queued', 'publish_in_progress', 'published'];

export type Tone = 'open' | 'good' | 'bad' | 'neutral';

export function hasEnded(status: CommandStatus): boolean {
  return status === 'completed' || BAD_ENDS.includes(status);
}

export function isCancelable(status: CommandStatus): boolean {
  return CANCELABLE.includes(status);
}

export function toneOf(status: CommandStatus): Tone {
  if (status === 'completed') return 'good';
  if (status === 'canceled') return 'neutral';
  return BAD_ENDS.includes(status) ? 'bad' : 'open';
}
