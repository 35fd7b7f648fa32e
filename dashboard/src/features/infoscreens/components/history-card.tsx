/** How the device has been: alive or not, what it sent, what it complained about. */
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClientHistory } from '@/api/use-history';
import { HistoryView } from '@/components/charts/history-view';
import { SectionCard } from '@/components/ui/section-card';

const PERIODS = ['24', '168', '720'] as const;

export function HistoryCard({ uuid }: { uuid: string }) {
  const { t } = useTranslation('monitoring');
  const [hours, setHours] = useState<(typeof PERIODS)[number]>('24');
  return (
    <SectionCard
      title={t('charts.title')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('charts.period')}
          value={hours}
          onChange={setHours}
          data={PERIODS.map((value) => ({ value, label: t(`charts.last.${value}`) }))}
        />
      }
    >
      <HistoryView query={useClientHistory(uuid, Number(hours))} />
    </SectionCard>
  );
}
