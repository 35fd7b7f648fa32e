import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { BroadcastDetail } from '@/api/types';
import type { TallyPart } from '@/components/ui/tally-bar';
import { STATUSES } from './roll-call';

/** The counts of a roll-call with their words and colours. */
export function useTallyParts() {
  const { t } = useTranslation('broadcasts');
  return useCallback(
    (counts: BroadcastDetail['counts']): TallyPart[] =>
      STATUSES.map(({ key, color }) => ({
        key,
        color,
        count: counts[key],
        text: t(`count.${key}`, { count: counts[key] }),
      })),
    [t],
  );
}
