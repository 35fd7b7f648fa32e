import { Stack } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientOverview } from '@/api/types';
import { NoMatch } from '@/components/ui/no-match';
import { deviceRows } from '../device-rows';
import type { MonitoringSearch } from '../search';
import { DeviceFilters } from './device-filters';
import { DeviceGrid } from './device-grid';

const NO_FILTER = { q: undefined, status: undefined };

type DevicesViewProps = {
  clients: ClientOverview[];
  search: MonitoringSearch;
  onSearch: (change: MonitoringSearch) => void;
};

/** The table of devices behind its filters. */
export function DevicesView({ clients, search, onSearch }: DevicesViewProps) {
  const { t } = useTranslation('monitoring');
  const wanted = useDeferredValue(search);
  const rows = useMemo(() => deviceRows(clients, wanted), [clients, wanted]);
  return (
    <Stack gap="md">
      <DeviceFilters clients={clients} search={search} onSearch={onSearch} />
      {rows.length === 0 ? (
        <NoMatch
          title={t('noMatch.title')}
          action={t('noMatch.action')}
          onShowAll={() => onSearch(NO_FILTER)}
        />
      ) : (
        <DeviceGrid rows={rows} sort={search.sort} onSort={(sort) => onSearch({ sort })} />
      )}
    </Stack>
  );
}
