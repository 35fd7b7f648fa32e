/** PURE: the outcomes of a rollout's devices, in the order in which they are shown, and their colours. */
import type { Tally } from '@/api/types';

export const OUTCOMES = [
  { key: 'completed', color: 'var(--app-good)' },
  { key: 'open', color: 'var(--mantine-primary-color-filled)' },
  { key: 'failed', color: 'var(--app-bad)' },
  { key: 'timedOut', color: 'var(--app-bad)' },
  { key: 'blocked', color: 'var(--app-part)' },
  { key: 'expired', color: 'var(--app-part)' },
  { key: 'canceled', color: 'var(--mantine-color-gray-5)' },
  { key: 'pending', color: 'var(--app-track)' },
] as const satisfies readonly { key: keyof Tally; color: string }[];

export function totalOf(tally: Tally): number {
  return OUTCOMES.reduce((sum, { key }) => sum + tally[key], 0);
}
