import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BroadcastDetail } from '@/api/types';
import { useGroups } from '@/api/use-groups';
import { Facts } from '@/components/ui/facts';
import { SectionCard } from '@/components/ui/section-card';
import { TallyBar, TallyCounts } from '@/components/ui/tally-bar';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useTallyParts } from '../use-tally-parts';

export function BroadcastSummary({ broadcast }: { broadcast: BroadcastDetail }) {
  const { t } = useTranslation('broadcasts');
  const { counts, isRunning, message } = broadcast;
  const parts = useTallyParts()(counts);
  const heading = isRunning
    ? t('detail.shown', { shown: counts.shown, total: counts.total })
    : t('detail.wasShown', { shown: counts.everShown, total: counts.total });
  return (
    <SectionCard title={counts.total === 0 ? t('detail.noScreens') : heading}>
      <Stack gap="sm">
        {counts.total > 0 && (
          <>
            <TallyBar parts={parts} size={10} />
            <TallyCounts parts={parts} />
          </>
        )}
        <Text fw={600} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
          {message}
        </Text>
        <Facts facts={useFacts(broadcast)} />
      </Stack>
    </SectionCard>
  );
}

function useFacts(broadcast: BroadcastDetail) {
  const { t } = useTranslation('broadcasts');
  const format = useTimeFormat();
  const { data: groups = [] } = useGroups();
  const { all, groupIds, startedAt, endsAt, endedAt, endedBy, reason, createdByName } = broadcast;
  const places = groups.filter(({ id }) => groupIds.includes(id)).map(({ name }) => name);
  const end = format.dateTime(parseApiTime(endedAt ?? endsAt));
  return [
    { name: t('detail.where'), value: all ? t('list.all') : places.join(', ') || t('list.gone') },
    { name: t('detail.begun'), value: format.dateTime(parseApiTime(startedAt)) },
    endedAt === null
      ? { name: t('detail.ends'), value: end }
      : {
          name: t('detail.ended'),
          value: endedBy === null ? end : t('detail.byHand', { time: end }),
        },
    { name: t('detail.by'), value: createdByName },
    { name: t('detail.reason'), value: reason },
  ];
}
