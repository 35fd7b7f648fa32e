/** Every command that went to several devices at once, the newest first. */
import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { COMMAND_ACTIONS } from '@/components/commands/actions';
import { useCommandWords } from '@/components/commands/command-words';
import { RolloutBar } from '@/components/commands/rollout-bar';
import { RolloutCounts } from '@/components/commands/rollout-counts';
import { totalOf } from '@/components/commands/rollout-outcomes';
import { useRolloutState } from '@/components/commands/rollout-state';
import { AnchorLink } from '@/components/ui/anchor-link';
import { EmptyState } from '@/components/ui/empty-state';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useRollouts } from '../api/use-rollouts';
import { TONE_COLORS } from './tone-colors';

type Rollout = NonNullable<ReturnType<typeof useRollouts>['data']>[number];

export function RolloutsPage() {
  const { t } = useTranslation('commands');
  const rollouts = useRollouts();
  return (
    <Page
      title={t('rollout.listTitle')}
      subtitle={
        <>
          <span>{t('rollout.listSubtitle')}</span>
          <LiveBadge />
        </>
      }
    >
      <QueryView query={rollouts}>
        {(list) =>
          list.length === 0 ? (
            <NoRollouts />
          ) : (
            <Stack gap="sm">
              {list.map((rollout) => (
                <RolloutCard key={rollout.id} rollout={rollout} />
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}

function RolloutCard({ rollout }: { rollout: Rollout }) {
  const { t } = useTranslation('commands');
  const words = useCommandWords();
  const format = useTimeFormat();
  const { text, tone } = useRolloutState()(rollout);
  const { id, action, reason, createdAt, totals } = rollout;
  const { icon: Glyph } = COMMAND_ACTIONS[action];
  const devices = t('devices', { count: totalOf(totals) });
  return (
    <Paper withBorder p="md" bg="var(--app-raised)">
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap={8} wrap="nowrap" miw={0}>
          <Glyph size={18} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
          <AnchorLink
            to="/rollouts/$rolloutId"
            params={{ rolloutId: String(id) }}
            c="inherit"
            fw={600}
            size="sm"
          >
            {`${words.action(action)} · ${devices}`}
          </AnchorLink>
        </Group>
        <Badge color={TONE_COLORS[tone]} style={{ flexShrink: 0 }}>
          {text}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed" className="tabular" style={{ overflowWrap: 'anywhere' }}>
        {`${format.dateTime(parseApiTime(createdAt))} · ${reason}`}
      </Text>
      <RolloutBar tally={totals} />
      <Group mt={8}>
        <RolloutCounts tally={totals} />
      </Group>
    </Paper>
  );
}

function NoRollouts() {
  const { t } = useTranslation('commands');
  return (
    <EmptyState
      icon={IconListCheck}
      title={t('rollout.emptyTitle')}
      text={t('rollout.emptyText')}
      action={
        <Button component={Link} to="/infoscreens">
          {t('rollout.toInfoscreens')}
        </Button>
      }
    />
  );
}
