import { Badge, Button, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { IconCalendarOff, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Holiday, Period } from '@/api/types';
import { useHolidays } from '@/api/use-holidays';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryView } from '@/components/ui/query-view';
import { formatDays } from '@/lib/days';
import { useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { useDialog } from '@/lib/use-dialog';
import { HolidayDialog, type HolidayTarget } from './holiday-dialog';
import { HolidayImport } from './holiday-import';
import { HolidayTable } from './holiday-table';

type HolidaysPanelProps = {
  periods: Period[];
  chosen: number | undefined;
  onChoose: (period: number) => void;
};

export function HolidaysPanel({ periods, chosen, onChoose }: HolidaysPanelProps) {
  const { t } = useTranslation('settings');
  const { locale } = useTimeFormat();
  const holidays = useHolidays();
  const period =
    periods.find(({ id }) => id === chosen) ??
    periods.find(({ isActive }) => isActive) ??
    periods.at(-1);

  if (period === undefined)
    return (
      <EmptyState
        icon={IconCalendarOff}
        title={t('holidays.noPeriod')}
        text={t('holidays.noPeriodText')}
      />
    );
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <Select
          label={t('holidays.period')}
          data={[...periods].reverse().map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(period.id)}
          onChange={(value) => value !== null && onChoose(Number(value))}
          allowDeselect={false}
          w={{ base: '100%', xs: 260 }}
        />
        <Group gap="xs" mih={36}>
          {period.isActive && <Badge color="teal">{t('periods.active')}</Badge>}
          <Text size="sm" c="dimmed" className="tabular">
            {formatDays(period.startDate, period.endDate, locale)}
          </Text>
        </Group>
      </Group>
      <QueryView query={holidays}>
        {(list) => (
          <PeriodHolidays
            key={period.id}
            period={period}
            holidays={list.filter(({ academicPeriodId }) => academicPeriodId === period.id)}
          />
        )}
      </QueryView>
    </Stack>
  );
}

function PeriodHolidays({ period, holidays }: { period: Period; holidays: Holiday[] }) {
  const { t } = useTranslation('settings');
  const canEdit = useCan('admin');
  const dialog = useDialog<HolidayTarget>();
  const add = () => dialog.open({ kind: 'new', period });
  return (
    <>
      {canEdit && <HolidayImport period={period} />}
      {holidays.length === 0 ? (
        <EmptyState
          icon={IconCalendarOff}
          title={t('holidays.none')}
          text={canEdit ? t('holidays.noneText') : undefined}
          action={
            canEdit && (
              <Button variant="default" leftSection={<IconPlus size={17} />} onClick={add}>
                {t('holidays.add')}
              </Button>
            )
          }
        />
      ) : (
        <Paper withBorder bg="var(--app-raised)" p={0}>
          <Group justify="space-between" px="md" py="sm" gap="sm">
            <Text fw={600}>{t('holidays.count', { count: holidays.length })}</Text>
            {canEdit && (
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={16} />}
                onClick={add}
              >
                {t('holidays.add')}
              </Button>
            )}
          </Group>
          <HolidayTable
            holidays={holidays}
            onEdit={
              canEdit ? (holiday) => dialog.open({ kind: 'edit', holiday, period }) : undefined
            }
          />
        </Paper>
      )}
      <HolidayDialog {...dialog} />
    </>
  );
}
