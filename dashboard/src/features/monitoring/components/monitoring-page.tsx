/** How all devices are: figures, what needs somebody, and the table, alerts, charts, log and commands. */
import { Button } from '@mantine/core';
import { IconDeviceTvOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OverviewAnswer } from '@/api/generated/types.gen';
import type { ClientOverview } from '@/api/types';
import { AlertList } from '@/components/alerts/alert-list';
import { EmptyState } from '@/components/ui/empty-state';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useMonitoring } from '../api/use-monitoring';
import type { MonitoringSearch } from '../search';
import { ChartsCard } from './charts-card';
import { CommandsCard } from './commands-card';
import { CrashedPanel } from './crashed-panel';
import { DeviceDrawer } from './device-drawer';
import { DevicesView } from './devices-view';
import { FailedPanel } from './failed-panel';
import { LogsCard } from './logs-card';
import { MonitoringTabs } from './monitoring-tabs';
import { SummaryTiles } from './summary-tiles';

const route = getRouteApi('/shell/monitoring');

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
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = (change: MonitoringSearch) =>
    navigate({
      search: (before) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    });
  const opened = clients.find(({ uuid }) => uuid === search.client);
  return (
    <>
      <SummaryTiles summary={summary} />
      <CrashedPanel />
      <FailedPanel />
      <MonitoringTabs
        part={search.part ?? 'devices'}
        onPart={(part) => onSearch({ part: part === 'devices' ? undefined : part })}
      >
        <Part clients={clients} search={search} onSearch={onSearch} />
      </MonitoringTabs>
      <DeviceDrawer client={opened} onClose={() => onSearch({ client: undefined })} />
    </>
  );
}

type PartProps = {
  clients: ClientOverview[];
  search: MonitoringSearch;
  onSearch: (change: MonitoringSearch) => void;
};

function Part({ clients, search, onSearch }: PartProps) {
  switch (search.part) {
    case 'alerts':
      return <AlertList />;
    case 'charts':
      return <ChartsCard hours={search.hours} onHours={(hours) => onSearch({ hours })} />;
    case 'logs':
      return <LogsCard clients={clients} />;
    case 'commands':
      return <CommandsCard clients={clients} />;
    default:
      return <DevicesView clients={clients} search={search} onSearch={onSearch} />;
  }
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
