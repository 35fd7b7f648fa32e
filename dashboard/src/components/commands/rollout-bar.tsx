/** How many devices are where, as one bar; RolloutCounts says the same in words. */
import { Progress } from '@mantine/core';
import type { Tally } from '@/api/types';
import { OUTCOMES, totalOf } from './rollout-outcomes';

export function RolloutBar({ tally, size = 6 }: { tally: Tally; size?: number }) {
  const total = totalOf(tally);
  return (
    <Progress.Root size={size} mt={8} aria-hidden>
      {OUTCOMES.filter(({ key }) => tally[key] > 0).map(({ key, color }) => (
        <Progress.Section key={key} value={(tally[key] / total) * 100} color={color} />
      ))}
    </Progress.Root>
  );
}
