import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rollout } from '@/api/types';
import { RolloutBar } from '@/components/commands/rollout-bar';
import { RolloutCounts } from '@/components/commands/rollout-counts';
import { Facts } from '@/components/ui/facts';
import { SectionCard } from '@/components/ui/section-card';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';

export function SummaryCard({ rollout }: { rollout: Rollout }) {
  const { t } = useTranslation('commands');
  const format = useTimeFormat();
  const { totals, reason, createdAt } = rollout;
  return (
    <SectionCard title={t('rollout.done', totals)}>
      <Stack gap="sm">
        <RolloutBar tally={totals} size={10} />
        <RolloutCounts tally={totals} />
        <Facts
          facts={[
            { name: t('rollout.reason'), value: reason },
            { name: t('rollout.begun'), value: format.dateTime(parseApiTime(createdAt)) },
          ]}
        />
      </Stack>
    </SectionCard>
  );
}
