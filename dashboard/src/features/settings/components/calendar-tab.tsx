/** The academic calendar: its periods, and the holidays of the chosen one. */
import { SegmentedControl, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePeriods } from '@/api/use-periods';
import { QueryView } from '@/components/ui/query-view';
import { CALENDAR_FOCUS, type CalendarFocus } from '../search';
import { HolidaysPanel } from './holidays-panel';
import { PeriodsPanel } from './periods-panel';

const route = getRouteApi('/shell/settings');

export function CalendarTab() {
  const { t } = useTranslation('settings');
  const { focus = 'academic-periods', period: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const periods = usePeriods();
  return (
    <Stack gap="md">
      <SegmentedControl<CalendarFocus>
        aria-label={t('calendar.part')}
        value={focus}
        onChange={(next) => navigate({ search: { focus: next, period: chosen } })}
        data={CALENDAR_FOCUS.map((value) => ({ value, label: t(`calendar.${value}`) }))}
        w={{ base: '100%', xs: 'fit-content' }}
      />
      {focus === 'academic-periods' ? (
        <PeriodsPanel />
      ) : (
        <QueryView query={periods}>
          {(list) => (
            <HolidaysPanel
              periods={list}
              chosen={chosen}
              onChoose={(period) => navigate({ search: { focus, period } })}
            />
          )}
        </QueryView>
      )}
    </Stack>
  );
}
