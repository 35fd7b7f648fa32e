import { Group, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientOverview } from '@/api/types';
import { SearchField } from '@/components/ui/search-field';
import { deviceRows } from '../device-rows';
import { type MonitoringSearch, STATUS_FILTERS, type StatusFilter } from '../search';
import classes from './monitoring.module.css';

type DeviceFiltersProps = {
  clients: ClientOverview[];
  search: MonitoringSearch;
  onSearch: (change: MonitoringSearch) => void;
};

type Choice = StatusFilter | 'all';

export function DeviceFilters({ clients, search, onSearch }: DeviceFiltersProps) {
  const { t } = useTranslation(['monitoring', 'common']);
  const { q = '', status } = search;
  const reached = deviceRows(clients, { q });
  const countOf = (choice: Choice) =>
    choice === 'all'
      ? reached.length
      : reached.filter(({ client }) => client.status === choice).length;
  return (
    <Group gap="sm">
      <SearchField
        label={t('filter.search')}
        clearLabel={t('filter.clear')}
        value={q}
        onSearch={(text) => onSearch({ q: text || undefined })}
      />
      <div className={classes.scroll}>
        <SegmentedControl<Choice>
          aria-label={t('filter.status')}
          value={status ?? 'all'}
          onChange={(choice) => onSearch({ status: choice === 'all' ? undefined : choice })}
          data={(['all', ...STATUS_FILTERS] as const).map((choice) => ({
            value: choice,
            label: (
              <Group gap={8} wrap="nowrap" px={4}>
                {choice === 'all' ? t('filter.all') : t(`common:clientStatus.${choice}`)}
                <Text span size="xs" c="dimmed" className="tabular">
                  {countOf(choice)}
                </Text>
              </Group>
            ),
          }))}
        />
      </div>
    </Group>
  );
}
