import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientOverview } from '@/api/types';
import { StatusChoice } from '@/components/devices/status-choice';
import { SearchField } from '@/components/ui/search-field';
import { deviceRows } from '../device-rows';
import type { MonitoringSearch } from '../search';

type DeviceFiltersProps = {
  clients: ClientOverview[];
  search: MonitoringSearch;
  onSearch: (change: MonitoringSearch) => void;
};

export function DeviceFilters({ clients, search, onSearch }: DeviceFiltersProps) {
  const { t } = useTranslation('monitoring');
  const { q = '', status } = search;
  const reached = deviceRows(clients, { q });
  return (
    <Group gap="sm">
      <SearchField
        label={t('filter.search')}
        clearLabel={t('filter.clear')}
        value={q}
        onSearch={(text) => onSearch({ q: text || undefined })}
      />
      <StatusChoice
        status={status}
        statuses={reached.map(({ client }) => client.status)}
        onChange={(choice) => onSearch({ status: choice })}
      />
    </Group>
  );
}
