/** The next dates of a series, and those that holidays take of it. */
import { Group, Stack, Text } from '@mantine/core';
import { IconTent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EventPreview } from '@/api/generated/types.gen';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';

const MOST_HOLIDAYS = 3;

export function NextDates({ preview }: { preview: EventPreview }) {
  const { t } = useTranslation('events');
  const format = useTimeFormat();
  const { showings, holidays } = preview;
  const day = (time: string) => format.longDate(parseApiTime(time));
  const more = holidays.length - MOST_HOLIDAYS;
  if (showings.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('next.over')}
      </Text>
    );
  return (
    <Stack gap={2}>
      <Text size="sm" className="tabular">
        {t('next.label', { count: showings.length })}{' '}
        {showings.map(({ startTime }) => day(startTime)).join(' · ')}
      </Text>
      {holidays.length > 0 && (
        <Group gap={6} c="dimmed" wrap="nowrap" align="flex-start">
          <IconTent size={16} stroke={1.7} aria-hidden />
          <Text size="sm" className="tabular">
            {t('next.holidays', { days: holidays.slice(0, MOST_HOLIDAYS).map(day).join(' · ') })}
            {more > 0 && ` ${t('next.moreHolidays', { count: more })}`}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
