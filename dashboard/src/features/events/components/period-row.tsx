/** Which period the calendar shows, whether it has holidays, and how many are in view. */
import { Badge, Group, Select, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconTent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Holiday, Period } from '@/api/types';
import { usePeriods } from '@/api/use-periods';
import { useCan } from '@/lib/session';
import { useActivatePeriod } from '../api/use-activate-period';
import { holidaysInView, periodOf, sameDayIn } from '../period-days';
import type { CalendarView } from '../search';

type PeriodRowProps = {
  view: CalendarView;
  date: string;
  holidays: Holiday[];
  onDate: (date: string) => void;
};

export function PeriodRow({ view, date, holidays, onDate }: PeriodRowProps) {
  const { t } = useTranslation('events');
  const periods = usePeriods().data ?? [];
  const ask = useActivationQuestion();
  if (periods.length === 0) return null;
  const shown = periodOf(periods, date);
  const hasHolidays = holidays.some(({ academicPeriodId }) => academicPeriodId === shown?.id);

  function choose(id: number) {
    const period = periods.find((each) => each.id === id);
    if (period === undefined) return;
    onDate(sameDayIn(period, date));
    ask(period);
  }

  return (
    <Group gap="sm">
      <Select
        aria-label={t('period.label')}
        placeholder={t('period.none')}
        size="xs"
        w={200}
        data={[...periods].reverse().map(({ id, name }) => ({ value: String(id), label: name }))}
        value={shown === undefined ? null : String(shown.id)}
        onChange={(value) => value !== null && choose(Number(value))}
        allowDeselect={false}
      />
      {shown !== undefined && (
        <Badge color={hasHolidays ? 'teal' : 'gray'}>
          {t(hasHolidays ? 'period.hasHolidays' : 'period.noHolidays')}
        </Badge>
      )}
      <Group gap={6} c="dimmed">
        <IconTent size={16} stroke={1.7} aria-hidden />
        <Text size="sm" role="status">
          {t('period.inView', { count: holidaysInView(holidays, view, date) })}
        </Text>
      </Group>
    </Group>
  );
}

/** Looking at another year must not change what counts for everybody, so that is asked. */
function useActivationQuestion() {
  const { t } = useTranslation(['events', 'common']);
  const canActivate = useCan('admin');
  const activate = useActivatePeriod();
  return ({ id, name, isActive }: Period) => {
    if (!canActivate || isActive) return;
    modals.openConfirmModal({
      title: t('period.activateTitle', { name }),
      children: <Text size="sm">{t('period.activateText', { name })}</Text>,
      labels: { confirm: t('period.activate'), cancel: t('period.onlyLook') },
      closeButtonProps: { 'aria-label': t('common:action.close') },
      onConfirm: () => activate(id, t('period.activated', { name })),
    });
  };
}
