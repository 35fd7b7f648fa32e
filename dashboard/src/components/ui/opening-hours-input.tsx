/** Opening hours of a week, or none at all; several ranges a day. */
import { ActionIcon, Button, Group, Input, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  nextRange,
  OPENING_DAYS,
  type OpeningDay,
  type OpeningHours,
  type OpeningWeek,
  type OpenRange,
  readHours,
  usualHours,
  writeHours,
} from '@/lib/opening-hours';
import classes from './opening-hours-input.module.css';

type OpeningHoursInputProps = {
  label: string;
  description: string;
  switchLabel: string;
  value: OpeningHours | null;
  onChange: (hours: OpeningHours | null) => void;
  error?: string;
};

export function OpeningHoursInput(props: OpeningHoursInputProps) {
  const { label, description, switchLabel, value, onChange, error } = props;
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={error}>
      <Stack gap="xs" mt="xs" role="group" aria-label={label}>
        <Switch
          label={switchLabel}
          checked={value !== null}
          onChange={(event) => onChange(event.currentTarget.checked ? usualHours() : null)}
        />
        {value !== null && (
          <Week week={readHours(value)} onChange={(week) => onChange(writeHours(week))} />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

const TO = '–';

type WeekProps = { week: OpeningWeek; onChange: (week: OpeningWeek) => void };

function Week({ week, onChange }: WeekProps) {
  const { t } = useTranslation();
  const spread = () => {
    const monday = week.mon;
    onChange({ ...week, tue: monday, wed: monday, thu: monday, fri: monday });
  };
  return (
    <Stack gap={6}>
      {OPENING_DAYS.map((day) => (
        <Day
          key={day}
          day={day}
          ranges={week[day]}
          onChange={(ranges) => onChange({ ...week, [day]: ranges })}
        />
      ))}
      {week.mon.length > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconCopy size={15} />}
          onClick={spread}
          w="fit-content"
        >
          {t('openingHours.spread')}
        </Button>
      )}
    </Stack>
  );
}

type DayProps = {
  day: OpeningDay;
  ranges: OpenRange[];
  onChange: (ranges: OpenRange[]) => void;
};

function Day({ day, ranges, onChange }: DayProps) {
  const { t } = useTranslation();
  const name = t(`openingHours.day.${day}`);
  const set = (index: number, part: Partial<OpenRange>) =>
    onChange(ranges.map((range, at) => (at === index ? { ...range, ...part } : range)));
  return (
    <div className={classes.day}>
      <Text size="sm">{name}</Text>
      <Group gap="xs">
        {ranges.length === 0 && (
          <Text size="sm" c="dimmed" className={classes.closed}>
            {t('openingHours.closed')}
          </Text>
        )}
        {ranges.map((range, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a range has nothing but its place
          <Group key={index} gap={4} wrap="nowrap">
            <TextInput
              type="time"
              size="xs"
              aria-label={t('openingHours.from', { day: name, number: index + 1 })}
              value={range.start}
              onChange={(event) => set(index, { start: event.currentTarget.value })}
            />
            <span aria-hidden>{TO}</span>
            <TextInput
              type="time"
              size="xs"
              aria-label={t('openingHours.to', { day: name, number: index + 1 })}
              value={range.end}
              onChange={(event) => set(index, { end: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('openingHours.remove', { day: name, number: index + 1 })}
              onClick={() => onChange(ranges.filter((_, at) => at !== index))}
            >
              <IconX size={15} />
            </ActionIcon>
          </Group>
        ))}
        <ActionIcon
          variant="subtle"
          size="sm"
          aria-label={t('openingHours.add', { day: name })}
          onClick={() => onChange([...ranges, nextRange(ranges)])}
        >
          <IconPlus size={15} />
        </ActionIcon>
      </Group>
    </div>
  );
}
