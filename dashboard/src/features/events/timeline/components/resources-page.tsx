/** *Ressourcen*: what every room group shows, one row each, for a day or a week. */
import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { useClientStatus } from '@/api/use-client-status';
import { useHolidays } from '@/api/use-holidays';
import { useOccurrences } from '@/api/use-occurrences';
import { QueryView } from '@/components/ui/query-view';
import { useSchoolZone } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { useDialog } from '@/lib/use-dialog';
import { useOrderGroups } from '../../api/use-order-groups';
import { daysShown } from '../../calendar-range';
import { EventDialog } from '../../components/event-dialog';
import { PlannableGroups } from '../../components/plannable-groups';
import type { Range } from '../../event-fields';
import type { EventTarget } from '../../event-target';
import { useMoveEvent } from '../../use-move-event';
import { useOpenShowing } from '../../use-open-showing';
import { buildAxis } from '../axis';
import { HOUR_PX } from '../hour-px';
import { timelineRows } from '../rows';
import { useTimelineAddress } from '../use-timeline-address';
import { ResourcesToolbar } from './resources-toolbar';
import { Timeline } from './timeline';
import classes from './timeline.module.css';

const route = getRouteApi('/shell/resources');

export function ResourcesPage() {
  const { t } = useTranslation();
  return (
    <PlannableGroups title={t('nav.resources')}>
      {(groups) => <Resources groups={groups} />}
    </PlannableGroups>
  );
}

function Resources({ groups }: { groups: Group[] }) {
  const zone = useSchoolZone();
  const canEdit = useCan('editor');
  const canOrder = useCan('admin');
  const address = useTimelineAddress(route.useSearch(), route.useNavigate());
  const { view, date, zoom } = address;
  const dialog = useDialog<EventTarget>();
  const { open } = dialog;
  const axis = useMemo(
    () => buildAxis({ ...daysShown(view, date), zone, hourPx: HOUR_PX[view][zoom] }),
    [view, date, zone, zoom],
  );
  const showings = useOccurrences({ start: axis.start, end: axis.end });
  const holidays = useHolidays().data;
  const clients = useClientStatus().data;
  const move = useMoveEvent();
  const openShowing = useOpenShowing(open);
  const { mutate: order } = useOrderGroups();
  const add = useCallback((range: Range) => open({ kind: 'new', range, groupId: null }), [open]);

  return (
    <Stack gap="sm" className={classes.page}>
      <ResourcesToolbar address={address} onNew={canEdit ? add : undefined} />
      <QueryView query={showings}>
        {(planned) => (
          <Timeline
            axis={axis}
            today={address.today}
            rows={timelineRows({ groups, showings: planned, clients, axis })}
            showings={planned}
            holidays={holidays ?? []}
            onOpen={openShowing}
            onMove={canEdit ? move : undefined}
            onOrder={canOrder ? (ids) => order({ body: { order: ids } }) : undefined}
          />
        )}
      </QueryView>
      <EventDialog
        target={dialog.about}
        opened={dialog.opened}
        turn={dialog.turn}
        groups={groups}
        onOpen={open}
        onClose={dialog.close}
      />
    </Stack>
  );
}
