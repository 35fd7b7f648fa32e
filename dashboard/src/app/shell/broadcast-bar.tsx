/** While an emergency message lasts, every page says so first; a drill is marked as one. */
import { Alert, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Broadcast } from '@/api/types';
import { useRunningBroadcasts } from '@/api/use-running-broadcasts';
import { EndBroadcastButton } from '@/components/broadcasts/end-broadcast-button';
import { lookOf } from '@/components/broadcasts/severity';
import { AnchorLink } from '@/components/ui/anchor-link';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import classes from './broadcast-bar.module.css';

export function BroadcastBars() {
  const { data: running = [] } = useRunningBroadcasts();
  if (running.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {running.map((broadcast) => (
        <BroadcastBar key={broadcast.id} broadcast={broadcast} />
      ))}
    </Stack>
  );
}

function BroadcastBar({ broadcast }: { broadcast: Broadcast }) {
  const { t } = useTranslation('broadcasts');
  const format = useTimeFormat();
  const { color, icon: Glyph } = lookOf(broadcast);
  const { shown, total } = broadcast.counts;
  const title = t(broadcast.drill ? 'bar.drill' : 'bar.title', {
    time: format.time(parseApiTime(broadcast.endsAt)),
  });
  return (
    <Alert
      role="region"
      aria-label={title}
      color={color}
      icon={<Glyph />}
      className={classes.bar}
      // Read out when it appears, and not with every screen that is counted.
      title={<span role="alert">{title}</span>}
    >
      <Group justify="space-between" gap="sm" align="flex-end">
        <div className={classes.what}>
          <Text size="sm" lineClamp={2}>
            {broadcast.message}
          </Text>
          <Text size="sm" c="dimmed" className="tabular">
            {t('bar.shown', { shown, total })}
          </Text>
        </div>
        <Group gap="sm">
          <AnchorLink
            to="/broadcasts/$broadcastId"
            params={{ broadcastId: String(broadcast.id) }}
            size="sm"
            fw={600}
          >
            {t('bar.rollCall')}
          </AnchorLink>
          <EndBroadcastButton broadcast={broadcast} size="xs" />
        </Group>
      </Group>
    </Alert>
  );
}
