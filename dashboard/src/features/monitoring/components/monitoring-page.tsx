/** How all devices are: figures, what needs somebody, charts, the table, commands and the log. */
import { Button } from '@mantine/core';
import { IconDeviceTvOff, IconFilterOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewAnswer } from '@/api/generated/types.gen';
import { EmptyState } from '@/components/ui/empty-state';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useMonitoring } from '../api/use-monitoring';
import { deviceRows } from '../device-rows';
import type { MonitoringSearch } from '../search';
import { ChartsCard } from './charts-card';
import { CommandsCard } from './commands-card';
import { CrashedPanel } from './crashed-panel';
import { DeviceDrawer } from './device-drawer';
import { DeviceFilters } from './device-filters';
import { DeviceGrid } from './device-grid';
import { FailedPanel } from './failed-panel';
import { LogsCard } from './logs-card';
import classes from './monitoring.module.css';
import { SummaryTiles } from './summary-tiles';

const route = getRouteApi('/shell/monitoring');
const NO_FILTER = { q: undefined, status: undefined };

export function MonitoringPage() {
  const { t } = useTranslation(['monitoring', 'common']);
  const monitoring = useMonitoring();
  return (
    <Page
      title={t('common:nav.monitoring')}
      subtitle={
        <>
          <span>{t('subtitle')}</span>
          <LiveBadge />
        </>
      }
    >
      <QueryView query={monitoring}>
        {(overview) => (overview.clients.length === 0 ? <NoDevices /> : <Devices {...overview} />)}
      </QueryView>
    </Page>
  );
}

function Devices({ summary, clients }: OverviewAnswer) {
  const { t } = useTranslation('monitoring');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = (change: MonitoringSearch) =>
    navigate({
      search: (before) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    });
  const wanted = useDeferredValue(search);
  const rows = useMemo(() => deviceRows(clients, wanted), [clients, wanted]);
  const opened = clients.find(({ uuid }) => uuid === search.client);
  return (
    <>
      <SummaryTiles summary={summary} />
      <CrashedPanel />
      <FailedPanel />
      <ChartsCard hours={search.hours} onHours={(hours) => onSearch({ hours })} />
      <DeviceFilters clients={clients} search={search} onSearch={onSearch} />
      {rows.length === 0 ? (
        <EmptyState
          icon={IconFilterOff}
          title={t('noMatch.title')}
          action={
            <Button variant="default" onClick={() => onSearch(NO_FILTER)}>
              {t('noMatch.action')}
            </Button>
          }
        />
      ) : (
        <DeviceGrid rows={rows} sort={search.sort} onSort={(sort) => onSearch({ sort })} />
      )}
      <div className={classes.columns}>
        <LogsCard clients={clients} />
        <CommandsCard clients={clients} />
      </div>
      <DeviceDrawer client={opened} onClose={() => onSearch({ client: undefined })} />
    </>
  );
}

function NoDevices() {
  const { t } = useTranslation('monitoring');
  return (
    <EmptyState
      icon={IconDeviceTvOff}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        <Button component={Link} to="/infoscreens">
          {t('empty.action')}
        </Button>
      }
    />
  );
}
