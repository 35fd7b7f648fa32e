import { Button, Group, Stack, Switch } from '@mantine/core';
import { IconCalendarPlus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Period } from '@/api/types';
import { useHolidays } from '@/api/use-holidays';
import { usePeriods } from '@/api/use-periods';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryView } from '@/components/ui/query-view';
import { useCan } from '@/lib/session';
import { useDialog } from '@/lib/use-dialog';
import { PeriodDialog, type PeriodTarget } from './period-dialog';
import { PeriodRow } from './period-row';
import { PeriodStepDialog, type StepTarget } from './period-step-dialog';

export function PeriodsPanel() {
  const { t } = useTranslation('settings');
  const canEdit = useCan('admin');
  const [archived, setArchived] = useState(false);
  const periods = usePeriods({ archived });
  const holidays = useHolidays();
  const form = useDialog<PeriodTarget>();
  const step = useDialog<StepTarget>();
  const add = () => form.open({ kind: 'new' });
  const holidaysOf = ({ id }: Period) =>
    holidays.data?.filter(({ academicPeriodId }) => academicPeriodId === id).length;

  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm" mih={36}>
        <Switch
          label={t('periods.showArchived')}
          checked={archived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
        />
        {canEdit && (
          <Button leftSection={<IconPlus size={17} />} onClick={add}>
            {t('periods.new')}
          </Button>
        )}
      </Group>
      <QueryView query={periods}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              icon={IconCalendarPlus}
              title={t('periods.none')}
              text={t('periods.noneText')}
              action={canEdit && <Button onClick={add}>{t('periods.new')}</Button>}
            />
          ) : (
            <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
              {[...list].reverse().map((period) => (
                <PeriodRow
                  key={period.id}
                  period={period}
                  holidays={holidaysOf(period)}
                  onEdit={() => form.open({ kind: 'edit', period })}
                  onStep={(kind) => step.open({ kind, period })}
                />
              ))}
            </Stack>
          )
        }
      </QueryView>
      <PeriodDialog {...form} />
      <PeriodStepDialog {...step} />
    </Stack>
  );
}
