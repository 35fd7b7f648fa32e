import { useTranslation } from 'react-i18next';
import type { Tally } from '@/api/types';
import classes from './rollout-counts.module.css';
import { OUTCOMES } from './rollout-outcomes';

/** Only what there is: `12 abgeschlossen`, `1 fehlgeschlagen`. */
export function RolloutCounts({ tally }: { tally: Tally }) {
  const { t } = useTranslation('commands');
  return (
    <ul className={classes.counts}>
      {OUTCOMES.filter(({ key }) => tally[key] > 0).map(({ key, color }) => (
        <li key={key}>
          <span className={classes.dot} style={{ background: color }} />
          {t(`rollout.count.${key}`, { count: tally[key] })}
        </li>
      ))}
    </ul>
  );
}
