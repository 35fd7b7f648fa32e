/** How many devices are where, as one bar; RolloutCounts says the same in words. */
import type { Tally } from '@/api/types';
import { TallyBar } from '@/components/ui/tally-bar';
import { OUTCOMES } from './rollout-outcomes';

export function RolloutBar({ tally, size }: { tally: Tally; size?: number }) {
  return (
    <TallyBar
      parts={OUTCOMES.map(({ key, color }) => ({ key, color, count: tally[key] }))}
      size={size}
    />
  );
}
