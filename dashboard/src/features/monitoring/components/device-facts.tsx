/** Life, player, renderer and picture, each by itself: none is inferred from another. */
import { useTranslation } from 'react-i18next';
import type { ClientOverview } from '@/api/types';
import { useClientStatus } from '@/api/use-client-status';
import { useStateWords } from '@/components/devices/state-words';
import { WarningList } from '@/components/devices/warning-list';
import { Ago } from '@/components/ui/ago';
import { Facts } from '@/components/ui/facts';
import { SectionCard } from '@/components/ui/section-card';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useEventTitles } from '../use-event-titles';

export function DeviceFacts({ client }: { client: ClientOverview }) {
  const { t } = useTranslation(['monitoring', 'common']);
  const words = useStateWords();
  const titleOf = useEventTitles();
  const format = useTimeFormat();
  const { data: statuses } = useClientStatus();
  const status = statuses?.find(({ uuid }) => uuid === client.uuid);
  const { processPid, latestError } = client;
  const time = (at: string | null | undefined) =>
    at === null || at === undefined ? null : <Ago at={parseApiTime(at)} />;
  const pid = processPid === null ? '' : ` (PID ${processPid})`;
  const disconnect = client.mqttLastDisconnectAt;
  return (
    <SectionCard title={t('facts.title')}>
      {status !== undefined && <WarningList status={status} />}
      <Facts
        facts={[
          {
            name: t('column.lastAlive'),
            value: time(client.lastAlive) ?? t('common:lifeSign.never'),
          },
          {
            name: t('facts.process'),
            value: [words.process(client.processStatus) ?? '–', client.currentProcess]
              .filter((each) => each !== null)
              .join(' · ')
              .concat(pid),
          },
          { name: t('facts.frame'), value: time(status?.lastFrameUpdate) },
          { name: t('facts.picture'), value: words.screen(client.screenHealthStatus) },
          { name: t('column.event'), value: titleOf(client.currentEventId) },
          { name: t('column.reconnects'), value: client.mqttReconnectCount },
          {
            name: t('facts.disconnect'),
            value: disconnect === null ? null : format.dateTime(parseApiTime(disconnect)),
          },
          {
            name: t('facts.logs'),
            value: t('facts.logCounts', {
              errors: client.logCounts.error,
              warnings: client.logCounts.warn,
              infos: client.logCounts.info,
            }),
          },
          { name: t('facts.latestError'), value: latestError?.message ?? null },
        ]}
      />
    </SectionCard>
  );
}
