/** Now, or another time on the school's clock. */
import { Group, SegmentedControl, Stack } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@/components/ui/day-input';
import { useSchoolZone } from '@/lib/school-time';
import { fromWallClock, toWallClock } from '@/lib/time';

type WhenPickerProps = { at: Date | null; onChange: (at: Date | null) => void };

const WHEN = ['now', 'other'] as const;
type When = (typeof WHEN)[number];

export function WhenPicker({ at, onChange }: WhenPickerProps) {
  const { t } = useTranslation('explain');
  const zone = useSchoolZone();
  const [wall, setWall] = useState({ date: '', time: '' });

  function choose(when: When) {
    if (when === 'now') return onChange(null);
    const [date = '', time = ''] = toWallClock(new Date(), zone).split('T');
    change(date, time);
  }

  /** What is half typed is not asked yet. */
  function change(date: string, time: string) {
    setWall({ date, time });
    if (date !== '' && time !== '') onChange(fromWallClock(`${date}T${time}`, zone));
  }

  return (
    <Stack gap="xs">
      <SegmentedControl<When>
        aria-label={t('when.label')}
        value={at === null ? 'now' : 'other'}
        onChange={choose}
        data={WHEN.map((value) => ({ value, label: t(`when.${value}`) }))}
      />
      {at !== null && (
        <Group gap="xs" grow>
          <DayInput
            aria-label={t('when.date')}
            value={wall.date}
            onChange={(next) => change(next, wall.time)}
          />
          <TimePicker
            aria-label={t('when.time')}
            hoursInputLabel={t('when.hours')}
            minutesInputLabel={t('when.minutes')}
            value={wall.time}
            onChange={(next) => change(wall.date, next.slice(0, 'HH:mm'.length))}
          />
        </Group>
      )}
    </Stack>
  );
}
