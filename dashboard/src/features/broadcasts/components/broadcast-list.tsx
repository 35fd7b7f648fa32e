/** Every emergency message, the newest first: what it said, where, and how many screens have shown it. */
import { Badge, Group as Row, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Broadcast, Group } from '@/api/types';
import { SeverityBadge } from '@/components/broadcasts/severity-badge';
import { AnchorLink } from '@/components/ui/anchor-link';
import { TallyBar } from '@/components/ui/tally-bar';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useTallyParts } from '../use-tally-parts';
import classes from './broadcast-list.module.css';

type BroadcastListProps = { broadcasts: Broadcast[]; groups: Group[] };

export function BroadcastList({ broadcasts, groups }: BroadcastListProps) {
  const { t } = useTranslation('broadcasts');
  if (broadcasts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('list.empty')}
      </Text>
    );
  return (
    <ul className={classes.list}>
      {broadcasts.map((broadcast) => (
        <Entry key={broadcast.id} broadcast={broadcast} groups={groups} />
      ))}
    </ul>
  );
}

function Entry({ broadcast, groups }: { broadcast: Broadcast; groups: Group[] }) {
  const { t } = useTranslation('broadcasts');
  const format = useTimeFormat();
  const partsOf = useTallyParts();
  const { id, message, counts, isRunning, startedAt, endedAt, endsAt } = broadcast;
  const start = parseApiTime(startedAt);
  const end = parseApiTime(endedAt ?? endsAt);
  return (
    <li className={classes.entry}>
      <Row justify="space-between" gap={6} align="flex-start">
        <AnchorLink
          to="/broadcasts/$broadcastId"
          params={{ broadcastId: String(id) }}
          c="inherit"
          fw={600}
          size="sm"
          lineClamp={2}
          className={classes.message}
        >
          {message}
        </AnchorLink>
        <Row gap={6}>
          {isRunning && <Badge color="red">{t('list.running')}</Badge>}
          <SeverityBadge broadcast={broadcast} />
        </Row>
      </Row>
      <Text size="xs" c="dimmed" className="tabular">
        {`${format.date(start)}, ${format.timeRange(start, end)} · ${placesOf(broadcast, groups, t)}`}
      </Text>
      {counts.total > 0 && (
        <Stack gap={4} mt={4}>
          <TallyBar parts={partsOf(counts)} />
          <Text size="xs" c="dimmed" className="tabular">
            {isRunning
              ? t('list.shown', { shown: counts.shown, total: counts.total })
              : t('list.wasShown', { shown: counts.everShown, total: counts.total })}
          </Text>
        </Stack>
      )}
    </li>
  );
}

type Words = ReturnType<typeof useTranslation<'broadcasts'>>['t'];

function placesOf({ all, groupIds }: Broadcast, groups: Group[], t: Words): string {
  if (all) return t('list.all');
  const names = groups.filter(({ id }) => groupIds.includes(id)).map(({ name }) => name);
  return names.length === 0 ? t('list.gone') : names.join(', ');
}
