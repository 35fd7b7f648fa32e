import { Input } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@/components/ui/day-input';
import classes from './event-form.module.css';

type MomentInputProps = {
  label: 'start' | 'end';
  date: string;
  time: string;
  error?: string;
  disabled: boolean;
  onChange: (date: string, time: string) => void;
};

/** A date that can be typed or picked, and a time. */
export function MomentInput({ label, date, time, error, disabled, onChange }: MomentInputProps) {
  const { t } = useTranslation('events');
  return (
    <Input.Wrapper label={t(`form.${label}`)} labelElement="div" required error={error}>
      <div className={classes.moment}>
        <DayInput
          aria-label={t(`form.${label}Date`)}
          value={date}
          onChange={(next) => onChange(next, time)}
          error={error !== undefined}
          disabled={disabled}
        />
        <TimePicker
          aria-label={t(`form.${label}Time`)}
          hoursInputLabel={t(`form.${label}Hours`)}
          minutesInputLabel={t(`form.${label}Minutes`)}
          value={time}
          onChange={(next) => onChange(date, next.slice(0, 'HH:mm'.length))}
          error={error !== undefined}
          disabled={disabled}
        />
      </div>
    </Input.Wrapper>
  );
}
