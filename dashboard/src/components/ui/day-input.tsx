/** A day that can be typed or picked, as text (`2026-11-27`, empty for none), in the words of the person's language. */
import { DateInput, type DateInputProps } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { parseDay } from '@/lib/days';

type DayInputProps = Omit<DateInputProps, 'value' | 'onChange'> & {
  value?: string;
  onChange: (day: string) => void;
};

export function DayInput({ value = '', onChange, ...input }: DayInputProps) {
  const { t } = useTranslation();
  return (
    <DateInput
      {...input}
      value={value === '' ? null : value}
      onChange={(day) => onChange(day ?? '')}
      valueFormat={t('day.pattern')}
      dateParser={parseDay}
      previousLabel={t('day.previousMonth')}
      nextLabel={t('day.nextMonth')}
    />
  );
}
