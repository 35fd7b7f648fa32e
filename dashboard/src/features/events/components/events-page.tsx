import { Group, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useHolidays } from '@/api/use-holidays';
import { useOccurrences } from '@/api/use-occurrences';
import { QueryView } from '@/components/ui/query-view';
import { useSchoolZone } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { useDialog } from '@/lib/use-dialog';
import { instantsShown } from '../calendar-range';
import type { Range } from '../event-fields';
import type { EventTarget } from '../event-target';
import { useCalendarAddress } from '../use-calendar-address';
import { useMoveEvent } from '../use-move-event';
import { useOpenShowing } from '../use-open-showing';
import { Calendar } from './calendar';
import classes from './calendar.module.css';
import { CalendarToolbar } from './calendar-toolbar';
import { EventDialog } from './event-dialog';
import { PeriodRow } from './period-row';
import { PlannableGroups } from './plannable-groups';
import { SubscribeButton } from './subscribe-button';

const route = getRouteApi('/shell/events');

export function EventsPage() {
  const { t } = useTranslation();
  return (
    <PlannableGroups title={t('nav.events')}>
      {(groups) => <EventsCalendar groups={groups} />}
    </PlannableGroups>
  );
}

type EventsCalendarProps = { groups: { id: number; name: string }[] };

function EventsCalendar({ groups }: EventsCalendarProps) {
  const { t } = useTranslation('events');
  const zone = useSchoolZone();
  const canEdit = useCan('editor');
  const address = useCalendarAddress(route.useSearch(), route.useNavigate(), groups);
  const { view, date, groupId } = address;
  const dialog = useDialog<EventTarget>();
  const { about: target, open } = dialog;

  const range = useMemo(() => instantsShown(view, date, zone), [view, date, zone]);
  const showings = useOccurrences({ ...range, groupId: groupId ?? undefined });
  const holidays = useHolidays();
  const move = useMoveEvent();
  const openShowing = useOpenShowing(open);
  const add = useCallback(
    (at: Range) => open({ kind: 'new', range: at, groupId }),
    [open, groupId],
  );
  const groupNames = useMemo(() => new Map(groups.map(({ id, name }) => [id, name])), [groups]);

  return (
    <Stack gap="sm" className={classes.page}>
      <CalendarToolbar address={address} groups={groups} onNew={canEdit ? add : undefined} />
      <Group justify="space-between" gap="xs">
        <PeriodRow
          view={view}
          date={date}
          holidays={holidays.data ?? []}
          onDate={(day) => address.go({ date: day })}
        />
        <SubscribeButton groups={groups} groupId={groupId} />
      </Group>
      <QueryView query={showings}>
        {(shown) => (
          <>
            <Calendar
              view={view}
              date={date}
              showings={shown}
              holidays={holidays.data ?? []}
              groupNames={groupId === null ? groupNames : null}
              selection={dialog.opened && target?.kind === 'new' ? target.range : null}
              onSelect={canEdit ? add : undefined}
              onOpen={openShowing}
              onMove={canEdit ? move : undefined}
            />
            {shown.length === 0 && canEdit && view !== 'list' && (
              <Text size="sm" c="dimmed" ta="center">
                {t('toolbar.hint')}
              </Text>
            )}
          </>
        )}
      </QueryView>
      <EventDialog
        target={target}
        opened={dialog.opened}
        turn={dialog.turn}
        groups={groups}
        onOpen={open}
        onClose={dialog.close}
      />
    </Stack>
  );
}
