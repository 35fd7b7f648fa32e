/** A click on the calendar: a single event opens, a series only after the question what of it is meant. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Showing } from '@/api/use-occurrences';
import { useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { useSeriesQuestion } from './components/series-question';
import { type EventTarget, occurrenceTarget, wholeTarget } from './event-target';

export function useOpenShowing(open: (target: EventTarget) => void) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const canEdit = useCan('editor');
  const ask = useSeriesQuestion();
  return useCallback(
    (showing: Showing) => {
      if (!showing.isRecurring) return open(wholeTarget(showing.eventId, 'event'));
      if (!canEdit) return open(occurrenceTarget(showing));
      ask({
        title: t('series.openTitle', { subject: showing.subject }),
        choices: [
          {
            label: t('series.onlyThis'),
            text: t('series.onlyThisText', { day: format.longDate(showing.start) }),
            onChoose: () => open(occurrenceTarget(showing)),
          },
          {
            label: t('series.whole'),
            text: t('series.wholeText'),
            onChoose: () => open(wholeTarget(showing.eventId, 'series')),
          },
        ],
      });
    },
    [ask, canEdit, format, open, t],
  );
}
