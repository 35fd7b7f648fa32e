/** How the device is: life, player, picture and programme, each by itself, and every warning in words. */
import { useTranslation } from 'react-i18next';
import type { ClientStatus } from '@/api/types';
import { useStateWords } from '@/components/devices/state-words';
import { WarningList } from '@/components/devices/warning-list';
import { Ago } from '@/components/ui/ago';
import { Facts } from '@/components/ui/facts';
import { SectionCard } from '@/components/ui/section-card';
import { parseApiTime } from '@/lib/time';
import { ShownEvent } from './shown-event';

export function StateCard({ status }: { status: ClientStatus }) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const words = useStateWords();
  const {
    lastAlive,
    lastFrameUpdate,
    currentEventId,
    expectedEventId,
    processStatus,
    screenHealth,
  } = status;
  return (
    <SectionCard title={t('state.title')}>
      <WarningList status={status} />
      <Facts
        facts={[
          {
            name: t('common:lifeSign.last'),
            value:
              lastAlive === null ? (
                t('common:lifeSign.never')
              ) : (
                <Ago at={parseApiTime(lastAlive)} />
              ),
          },
          {
            name: t('state.frame'),
            value: lastFrameUpdate === null ? null : <Ago at={parseApiTime(lastFrameUpdate)} />,
          },
          { name: t('state.process'), value: words.process(processStatus) },
          { name: t('state.screen'), value: words.screen(screenHealth) },
          { name: t('state.shows'), value: <ShownEvent id={currentEventId} /> },
          ...(expectedEventId === currentEventId
            ? []
            : [{ name: t('state.expected'), value: <ShownEvent id={expectedEventId} /> }]),
        ]}
      />
    </SectionCard>
  );
}
