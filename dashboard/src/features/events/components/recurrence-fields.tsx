import { Chip, Group, Input, NumberInput, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { describeRecurrence, weekdayName } from '../recurrence/describe';
import {
  FREQUENCIES,
  type Frequency,
  type Recurrence,
  WEEKDAYS,
  weekdayOf,
} from '../recurrence/rule';
import type { FieldsProps } from './content-fields';
import { MonthlySelect } from './monthly-select';
import { SeriesEndFields } from './series-end-fields';

type RecurrenceFieldsProps = FieldsProps & { children: ReactNode };

/** The fields, the rule as a sentence, and below it what follows from it. */
export function RecurrenceFields(props: RecurrenceFieldsProps) {
  const { fields, set, errorOf, isReadOnly, children } = props;
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const { locale } = useTimeFormat();
  const { recurrence, startDate, startTime, endTime } = fields;
  const { frequency, interval, weekdays, otherRule } = recurrence;
  const change = (part: Partial<Recurrence>) => set({ recurrence: { ...recurrence, ...part } });
  const offered = FREQUENCIES.filter((each) => each !== 'other' || otherRule !== '');
  const isRegular = frequency !== 'none' && frequency !== 'other';
  const isTimed = ![startDate, startTime, endTime].includes('');
  const start = { date: startDate, time: startTime, endTime, zone };
  const summary = isTimed ? describeRecurrence(recurrence, start, t, locale) : null;

  function choose(next: Frequency) {
    const needsDays = next === 'weekly' && weekdays.length === 0 && startDate !== '';
    change({ frequency: next, weekdays: needsDays ? [weekdayOf(startDate)] : weekdays });
  }

  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <Select
          label={t('recurrence.label')}
          data={offered.map((value) => ({ value, label: t(`recurrence.${value}`) }))}
          value={frequency}
          onChange={(value) => value !== null && choose(value)}
          error={errorOf('recurrenceRule')}
          allowDeselect={false}
          disabled={isReadOnly}
          w={180}
        />
        {isRegular && (
          <NumberInput
            label={t('recurrence.interval')}
            value={interval}
            onChange={(value) => change({ interval: Number(value) })}
            suffix={` ${t(`recurrence.intervalUnit.${frequency}`, { count: interval })}`}
            error={errorOf('interval')}
            min={1}
            max={99}
            allowDecimal={false}
            w={130}
          />
        )}
        {frequency === 'monthly' && startDate !== '' && (
          <MonthlySelect
            recurrence={recurrence}
            startDate={startDate}
            onChange={(monthlyBy) => change({ monthlyBy })}
            disabled={isReadOnly}
          />
        )}
      </Group>
      {frequency === 'weekly' && (
        <Input.Wrapper
          label={t('recurrence.weekdays')}
          labelElement="div"
          error={errorOf('weekdays')}
          role="group"
          aria-label={t('recurrence.weekdays')}
        >
          <Chip.Group
            multiple
            value={weekdays}
            onChange={(chosen) =>
              change({ weekdays: WEEKDAYS.filter((day) => chosen.includes(day)) })
            }
          >
            <Group gap={6} mt={4}>
              {WEEKDAYS.map((day) => (
                <Chip key={day} value={day} size="sm" radius="md" disabled={isReadOnly}>
                  {weekdayName(day, locale, 'short')}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      )}
      {isRegular && (
        <SeriesEndFields
          recurrence={recurrence}
          earliest={startDate}
          change={change}
          errorOf={errorOf}
          isReadOnly={isReadOnly}
        />
      )}
      {summary !== null && (
        <Text size="sm" fw={500} role="status">
          {summary}
        </Text>
      )}
      {frequency === 'other' && !isReadOnly && (
        <Text size="sm" c="dimmed">
          {t('recurrence.otherHint')}
        </Text>
      )}
      {frequency !== 'none' && children}
    </Stack>
  );
}
