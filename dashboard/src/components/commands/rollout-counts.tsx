import { useTranslation } from 'react-i18next';
import type { Tally } from '@/api/types';
import { TallyCounts } from '@/components/ui/tally-bar';
import { OUTCOMES } from './rollout-outcomes';

/** Only what there is: `12 abgeschlossen`, `1 fehlgeschlagen`. */
export function RolloutCounts({ tally }: { tally: Tally }) {
  const { t } = useTranslation('commands');
  return (
    <TallyCounts
      parts={OUTCOMES.map(({ key, color }) => ({
        key,
        color,
        count: tally[key],
        text: t(`rollout.count.${key}`, { count: tally[key] }),
      }))}
    />
  );
}
