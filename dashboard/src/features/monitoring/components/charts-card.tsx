import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFleetHistory } from '@/api/use-history';
import { HistoryView } from '@/components/charts/history-view';
import { SectionCard } from '@/components/ui/section-card';
import { PERIODS, type PeriodHours } from '../search';

type ChartsCardProps = { hours?: PeriodHours; onHours: (hours: PeriodHours) => void };

export function ChartsCard({ hours = '24', onHours }: ChartsCardProps) {
  const { t } = useTranslation('monitoring');
  const history = useFleetHistory(Number(hours));
  return (
    <SectionCard
      title={t('charts.title')}
      actions={
        <SegmentedControl<PeriodHours>
          size="xs"
          aria-label={t('charts.period')}
          value={hours}
          onChange={onHours}
          data={PERIODS.map((value) => ({ value, label: t(`charts.last.${value}`) }))}
        />
      }
    >
      <HistoryView query={history} />
    </SectionCard>
  );
}
