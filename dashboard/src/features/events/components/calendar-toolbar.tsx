import { ActionIcon, Button, Group, SegmentedControl, Select, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LiveBadge } from '@/components/ui/live-badge';
import { useLiveState } from '@/lib/live-state';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { step, titleOf } from '../calendar-range';
import type { Range } from '../event-fields';
import { nextFreeHour } from '../proposed-range';
import { CALENDAR_VIEWS, type CalendarView } from '../search';
import { type CalendarAddress, showsAllGroups } from '../use-calendar-address';
import classes from './calendar-toolbar.module.css';

const ALL = 'all';

type CalendarToolbarProps = {
  address: CalendarAddress;
  groups: { id: number; name: string }[];
  onNew?: (range: Range) => void;
};

export function CalendarToolbar({ address, groups, onNew }: CalendarToolbarProps) {
  const { t } = useTranslation(['events', 'common']);
  const zone = useSchoolZone();
  const { locale } = useTimeFormat();
  const live = useLiveState();
  const { view, date, today, groupId, go } = address;
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs" className={classes.navigation}>
        <Title order={1} fz={{ base: 22, sm: 27 }} lh={1.3} mr="xs">
          {t('common:nav.events')}
        </Title>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('toolbar.previous')}
          onClick={() => go({ date: step(view, date, -1) })}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Button variant="default" onClick={() => go({ date: undefined })}>
          {t('toolbar.today')}
        </Button>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('toolbar.next')}
          onClick={() => go({ date: step(view, date, 1) })}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <Text fw={600} ml="xs" aria-live="polite" className={classes.title}>
          {titleOf(view, date, locale)}
        </Text>
        {live === 'down' && <LiveBadge />}
      </Group>
      <div className={classes.controls}>
        <Select
          aria-label={t('toolbar.group')}
          className={classes.group}
          allowDeselect={false}
          searchable
          value={groupId === null ? ALL : String(groupId)}
          onChange={(value) => value !== null && go({ group: value === ALL ? ALL : Number(value) })}
          data={[
            ...(showsAllGroups(view) ? [{ value: ALL, label: t('toolbar.allGroups') }] : []),
            ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <SegmentedControl<CalendarView>
          className={classes.views}
          aria-label={t('toolbar.view')}
          value={view}
          onChange={(next) => go({ view: next })}
          data={CALENDAR_VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        {onNew !== undefined && (
          <Button
            leftSection={<IconPlus size={17} />}
            onClick={() => onNew(nextFreeHour(date, today, zone))}
          >
            {t('toolbar.new')}
          </Button>
        )}
      </div>
    </Group>
  );
}
