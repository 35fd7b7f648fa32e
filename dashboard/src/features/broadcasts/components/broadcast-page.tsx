/** One emergency message with its roll-call, live while it lasts; the bar above every page ends it. */
import { Alert, Badge, Button, Stack } from '@mantine/core';
import { IconArrowLeft, IconListSearch, IconPower, IconUnlink } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasStatus } from '@/api/problem';
import type { BroadcastDetail } from '@/api/types';
import { SeverityBadge } from '@/components/broadcasts/severity-badge';
import { AnchorLink } from '@/components/ui/anchor-link';
import { EmptyState } from '@/components/ui/empty-state';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useCan } from '@/lib/session';
import { useBroadcast } from '../api/use-broadcast';
import { BroadcastSummary } from './broadcast-summary';
import { RollCallGrid } from './roll-call-grid';

const route = getRouteApi('/shell/broadcasts/$broadcastId');

export function BroadcastPage() {
  const { broadcastId } = route.useParams();
  const id = Number(broadcastId);
  const broadcast = useBroadcast(Number.isSafeInteger(id) ? id : 0);
  const isMissing = hasStatus(broadcast.error, 404) || hasStatus(broadcast.error, 422);
  if (broadcast.data === undefined && isMissing) return <Missing />;
  return <QueryView query={broadcast}>{(data) => <Shown broadcast={data} />}</QueryView>;
}

function Shown({ broadcast }: { broadcast: BroadcastDetail }) {
  const { t } = useTranslation('broadcasts');
  const { sort } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <BackLink />
      <Page
        title={t(broadcast.drill ? 'detail.titleDrill' : 'detail.title')}
        subtitle={
          <>
            <SeverityBadge broadcast={broadcast} />
            <Badge color={broadcast.isRunning ? 'red' : 'gray'}>
              {t(broadcast.isRunning ? 'list.running' : 'list.over')}
            </Badge>
            {broadcast.isRunning && <LiveBadge />}
          </>
        }
      >
        <Stack gap="md">
          <Notes broadcast={broadcast} />
          <BroadcastSummary broadcast={broadcast} />
          {broadcast.screens.length > 0 && (
            <RollCallGrid
              screens={broadcast.screens}
              sort={sort}
              onSort={(wanted) => navigate({ search: { sort: wanted }, replace: true })}
            />
          )}
        </Stack>
      </Page>
    </>
  );
}

/** What a person must know before they trust the numbers. */
function Notes({ broadcast: { isRunning, unreached, tellsTvs } }: { broadcast: BroadcastDetail }) {
  const { t } = useTranslation('broadcasts');
  if (!isRunning) return null;
  return (
    <>
      {unreached > 0 && (
        <Alert color="orange" icon={<IconUnlink />}>
          {t('detail.unreached', { count: unreached })}
        </Alert>
      )}
      {!tellsTvs && (
        <Alert color="orange" icon={<IconPower />}>
          {t('detail.noTvs')}
        </Alert>
      )}
    </>
  );
}

function BackLink() {
  const { t } = useTranslation('broadcasts');
  if (!useCan('admin')) return null;
  return (
    <AnchorLink to="/broadcasts" size="sm" display="inline-flex" mb={8} style={{ gap: 6 }}>
      <IconArrowLeft size={16} aria-hidden style={{ alignSelf: 'center' }} />
      {t('detail.back')}
    </AnchorLink>
  );
}

function Missing() {
  const { t } = useTranslation(['broadcasts', 'common']);
  return (
    <Page title={t('title')}>
      <EmptyState
        icon={IconListSearch}
        title={t('missing.title')}
        text={t('missing.text')}
        action={
          <Button component={Link} to="/">
            {t('common:errors.toOverview')}
          </Button>
        }
      />
    </Page>
  );
}
