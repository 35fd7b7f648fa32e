import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTimeFormat } from '@/lib/school-time';
import {
  type MonthlyBy,
  monthlyChoices,
  type Recurrence,
  weekdayOf,
  weekOfMonth,
} from '../recurrence/rule';
import { ordinal, weekdayName } from '../recurrence/rule-days';

type MonthlySelectProps = {
  recurrence: Recurrence;
  startDate: string;
  onChange: (by: MonthlyBy) => void;
  disabled: boolean;
};

/** On which day of each month, as the day on which the series begins says it. */
export function MonthlySelect({ recurrence, startDate, onChange, disabled }: MonthlySelectProps) {
  const { t } = useTranslation('events');
  const { locale } = useTimeFormat();
  const day = weekdayName(weekdayOf(startDate), locale, 'long');
  const inWords: Record<MonthlyBy, string> = {
    day: t('summary.monthDay', { day: Number(startDate.slice(-2)) }),
    weekday: t('summary.ordinalDay', { ordinal: ordinal(weekOfMonth(startDate) ?? 1, t), day }),
    last: t('summary.ordinalDay', { ordinal: ordinal(-1, t), day }),
  };
  return (
    <Select
      label={t('recurrence.monthlyBy')}
      data={monthlyChoices(startDate).map((value) => ({ value, label: inWords[value] }))}
      value={recurrence.monthlyBy}
      onChange={(value) => value !== null && onChange(value)}
      allowDeselect={false}
      disabled={disabled}
      w={200}
    />
  );
}
