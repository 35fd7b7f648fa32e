import { ActionIcon, Button, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LiveBadge } from '@/components/ui/live-badge';
import { useLiveState } from '@/lib/live-state';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { step, titleOf } from '../../calendar-range';
import type { Range } from '../../event-fields';
import { nextFreeHour } from '../../proposed-range';
import { TIMELINE_VIEWS, TIMELINE_ZOOMS, type TimelineView, type TimelineZoom } from '../search';
import type { TimelineAddress } from '../use-timeline-address';
import classes from './timeline.module.css';

type ResourcesToolbarProps = { address: TimelineAddress; onNew?: (range: Range) => void };

export function ResourcesToolbar({ address, onNew }: ResourcesToolbarProps) {
  const { t } = useTranslation(['resources', 'common']);
  const zone = useSchoolZone();
  const { locale } = useTimeFormat();
  const live = useLiveState();
  const { view, date, zoom, today, go } = address;
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs">
        <Title order={1} fz={{ base: 22, sm: 27 }} lh={1.3} mr="xs">
          {t('common:nav.resources')}
        </Title>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('previous')}
          onClick={() => go({ date: step(view, date, -1) })}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Button variant="default" onClick={() => go({ date: undefined })}>
          {t('today')}
        </Button>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('next')}
          onClick={() => go({ date: step(view, date, 1) })}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <Text fw={600} ml="xs" aria-live="polite">
          {titleOf(view, date, locale)}
        </Text>
        {live === 'down' && <LiveBadge />}
      </Group>
      <div className={classes.controls}>
        <SegmentedControl<TimelineZoom>
          aria-label={t('zoom.label')}
          value={zoom}
          onChange={(next) => go({ zoom: next })}
          data={TIMELINE_ZOOMS.map((value) => ({ value, label: t(`zoom.${value}`) }))}
        />
        <SegmentedControl<TimelineView>
          aria-label={t('view.label')}
          value={view}
          onChange={(next) => go({ view: next })}
          data={TIMELINE_VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        {onNew !== undefined && (
          <Button
            leftSection={<IconPlus size={17} />}
            onClick={() => onNew(nextFreeHour(date, today, zone))}
          >
            {t('new')}
          </Button>
        )}
      </div>
    </Group>
  );
}
