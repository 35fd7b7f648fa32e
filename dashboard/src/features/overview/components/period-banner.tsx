/** Which period counts now, and the holidays in it that are on or come next. */
import { Alert, Badge, Group, Paper, Text, ThemeIcon } from '@mantine/core';
import { IconCalendarEvent, IconCalendarQuestion, IconTent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Holiday, Period } from '@/api/types';
import { useHolidays } from '@/api/use-holidays';
import { usePeriods } from '@/api/use-periods';
import { AnchorLink } from '@/components/ui/anchor-link';
import { formatDay, formatDays } from '@/lib/days';
import { useNow, useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { dayOf } from '@/lib/time';
import { useBannerShown } from '../api/use-banner-shown';

const MINUTE_MS = 60_000;
const NEXT_SHOWN = 2;

export function PeriodBanner() {
  const { t } = useTranslation('overview');
  const isShown = useBannerShown();
  const periods = usePeriods();
  const holidays = useHolidays();
  if (!isShown || periods.data === undefined || holidays.data === undefined) return null;
  const active = periods.data.find(({ isActive }) => isActive);
  if (active === undefined)
    return (
      <Alert color="orange" icon={<IconCalendarQuestion />} title={t('period.none')} role="note">
        <Group gap="xs">
          <Text size="sm">{t('period.noneText')}</Text>
          <AnchorLink to="/settings" search={{ focus: 'academic-periods' }} fz="sm">
            {t('period.settings')}
          </AnchorLink>
        </Group>
      </Alert>
    );
  return (
    <Banner
      period={active}
      holidays={holidays.data.filter(({ academicPeriodId }) => academicPeriodId === active.id)}
    />
  );
}

function Banner({ period, holidays }: { period: Period; holidays: Holiday[] }) {
  const { t } = useTranslation('overview');
  const { locale } = useTimeFormat();
  return (
    <Paper
      component="section"
      aria-label={t('period.label')}
      withBorder
      bg="var(--app-raised)"
      px="md"
      py="xs"
    >
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Group gap="4px 12px">
          <ThemeIcon variant="light" size={30} aria-hidden>
            <IconCalendarEvent size={18} stroke={1.7} />
          </ThemeIcon>
          <Text fw={600} size="sm">
            {period.name}
          </Text>
          <Text size="sm" c="dimmed" className="tabular">
            {formatDays(period.startDate, period.endDate, locale)}
          </Text>
          <NextHolidays holidays={holidays} />
        </Group>
        <AnchorLink to="/settings" search={{ focus: 'holidays' }} fz="sm" ta="end">
          {t('period.settings')}
        </AnchorLink>
      </Group>
    </Paper>
  );
}

function NextHolidays({ holidays }: { holidays: Holiday[] }) {
  const { t } = useTranslation('overview');
  const { locale } = useTimeFormat();
  const zone = useSchoolZone();
  const today = dayOf(useNow(MINUTE_MS), zone);
  if (holidays.length === 0) return <Badge color="orange">{t('period.noHolidays')}</Badge>;
  const coming = holidays.filter(({ endDate }) => endDate >= today).slice(0, NEXT_SHOWN);
  if (coming.length === 0) return <Badge color="gray">{t('period.over')}</Badge>;
  return coming.map(({ id, name, startDate, endDate }) => {
    const isOn = startDate <= today;
    return (
      <Badge
        key={id}
        color={isOn ? 'red' : 'indigo'}
        leftSection={<IconTent size={13} aria-hidden />}
      >
        {isOn
          ? t('period.now', {
              name,
              day: formatDay(endDate, locale, { day: 'numeric', month: 'long' }),
            })
          : t('period.next', { name, days: formatDays(startDate, endDate, locale) })}
      </Badge>
    );
  });
}
