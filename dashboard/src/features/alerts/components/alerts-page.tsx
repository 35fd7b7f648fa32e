/** What somebody should look at: open alerts, and what became of earlier ones. */
import { Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { zAlertKind } from '@/api/generated/zod.gen';
import { AnchorLink } from '@/components/ui/anchor-link';
import { EmptyState } from '@/components/ui/empty-state';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useAlerts } from '../api/use-alerts';
import { AlertCard } from './alert-card';

const route = getRouteApi('/shell/alerts');

export function AlertsPage() {
  const { t } = useTranslation(['alerts', 'common']);
  return (
    <Page
      title={t('common:nav.alerts')}
      subtitle={
        <>
          <span>{t('subtitle')}</span>
          <LiveBadge />
        </>
      }
      actions={
        <AnchorLink to="/settings" search={{ tab: 'notifications' }} size="sm">
          {t('notifications')}
        </AnchorLink>
      }
    >
      <AlertFilters />
      <AlertList />
    </Page>
  );
}

function AlertFilters() {
  const { t } = useTranslation('alerts');
  const { state, kind } = route.useSearch();
  const navigate = route.useNavigate();
  const kinds = zAlertKind.options.map((value) => ({ value, label: t(`kind.${value}.title`) }));
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t('filter.state')}
        value={state ?? 'open'}
        onChange={(value) =>
          navigate({ search: { kind, state: value === 'closed' ? 'closed' : undefined } })
        }
        data={(['open', 'closed'] as const).map((value) => ({
          value,
          label: t(`filter.${value}`),
        }))}
      />
      <Select
        aria-label={t('filter.kind')}
        placeholder={t('filter.kind')}
        data={kinds.sort((one, other) => one.label.localeCompare(other.label))}
        value={kind ?? null}
        onChange={(value) => navigate({ search: { state, kind: value ?? undefined } })}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearKind') }}
        searchable
        w={{ base: '100%', xs: 320 }}
      />
    </Group>
  );
}

/** The list alone, for whoever has a frame of their own. */
export function AlertList() {
  const { t } = useTranslation('alerts');
  const { state = 'open', kind } = route.useSearch();
  const alerts = useAlerts(state, kind);
  return (
    <QueryView query={alerts}>
      {({ pages }) => {
        const found = pages.flatMap((page) => page.alerts);
        if (found.length === 0) {
          return (
            <EmptyState
              icon={IconBellCheck}
              title={t(`empty.${state}Title`)}
              text={t(`empty.${state}Text`)}
            />
          );
        }
        return (
          <Stack gap="sm">
            {found.map((alert) => (
              <AlertCard key={alert.id} alert={alert} />
            ))}
            {alerts.hasNextPage && (
              <Button
                variant="default"
                loading={alerts.isFetchingNextPage}
                onClick={() => alerts.fetchNextPage()}
                style={{ alignSelf: 'center' }}
              >
                {t('more')}
              </Button>
            )}
          </Stack>
        );
      }}
    </QueryView>
  );
}
