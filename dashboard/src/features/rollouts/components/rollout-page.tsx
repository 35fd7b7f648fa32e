/** One command to many devices: how far it is, wave by wave and device by device. */
import { Alert, Badge, Button, Stack } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconListSearch } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasStatus } from '@/api/problem';
import type { Rollout } from '@/api/types';
import { useRollout } from '@/api/use-rollout';
import { useCommandWords } from '@/components/commands/command-words';
import { RolloutButtons } from '@/components/commands/rollout-buttons';
import { useRolloutState } from '@/components/commands/rollout-state';
import { AnchorLink } from '@/components/ui/anchor-link';
import { EmptyState } from '@/components/ui/empty-state';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { SummaryCard } from './summary-card';
import { TargetGrid } from './target-grid';
import { TONE_COLORS } from './tone-colors';
import { WavesCard } from './waves-card';

const route = getRouteApi('/shell/rollouts/$rolloutId');

export function RolloutPage() {
  const { rolloutId } = route.useParams();
  const id = Number(rolloutId);
  const rollout = useRollout(Number.isSafeInteger(id) ? id : 0);
  const isMissing = hasStatus(rollout.error, 404) || hasStatus(rollout.error, 422);
  if (rollout.data === undefined && isMissing) return <Missing />;
  return <QueryView query={rollout}>{(data) => <Shown rollout={data} />}</QueryView>;
}

function Shown({ rollout }: { rollout: Rollout }) {
  const { t } = useTranslation('commands');
  const words = useCommandWords();
  const { text, tone } = useRolloutState()(rollout);
  const { sort } = route.useSearch();
  const navigate = route.useNavigate();
  const devices = t('devices', { count: rollout.targets.length });
  return (
    <>
      <AnchorLink to="/rollouts" size="sm" display="inline-flex" mb={8} style={{ gap: 6 }}>
        <IconArrowLeft size={16} aria-hidden style={{ alignSelf: 'center' }} />
        {t('rollout.back')}
      </AnchorLink>
      <Page
        title={`${words.action(rollout.action)} · ${devices}`}
        subtitle={
          <>
            <Badge color={TONE_COLORS[tone]}>{text}</Badge>
            <LiveBadge />
          </>
        }
        actions={<RolloutButtons rollout={rollout} size="sm" />}
      >
        {rollout.halt !== null && (
          <Alert color="red" icon={<IconAlertTriangle />} title={t('rollout.state.halted')}>
            {rollout.halt.message}
          </Alert>
        )}
        <Stack gap="md">
          <SummaryCard rollout={rollout} />
          {rollout.waves.length > 1 && <WavesCard waves={rollout.waves} />}
          <TargetGrid
            rollout={rollout}
            sort={sort}
            onSort={(wanted) => navigate({ search: { sort: wanted }, replace: true })}
          />
        </Stack>
      </Page>
    </>
  );
}

function Missing() {
  const { t } = useTranslation('commands');
  return (
    <Page title={t('rollout.title')}>
      <EmptyState
        icon={IconListSearch}
        title={t('rollout.missingTitle')}
        text={t('rollout.missingText')}
        action={
          <Button component={Link} to="/rollouts">
            {t('rollout.back')}
          </Button>
        }
      />
    </Page>
  );
}
