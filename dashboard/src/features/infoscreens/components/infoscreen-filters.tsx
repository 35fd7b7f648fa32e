import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group as RoomGroup } from '@/api/types';
import { StatusChoice } from '@/components/devices/status-choice';
import { SearchField } from '@/components/ui/search-field';
import { filterRows, type InfoscreenRow } from '../infoscreen-rows';
import type { InfoscreensSearch } from '../search';

type InfoscreenFiltersProps = {
  rows: InfoscreenRow[];
  groups: RoomGroup[];
  search: InfoscreensSearch;
  onSearch: (change: InfoscreensSearch) => void;
};

export function InfoscreenFilters({ rows, groups, search, onSearch }: InfoscreenFiltersProps) {
  const { t } = useTranslation('infoscreens');
  const { q = '', group, status } = search;
  const reached = filterRows(rows, { q, group });
  return (
    <Group gap="sm">
      <SearchField
        label={t('filter.search')}
        clearLabel={t('filter.clear')}
        value={q}
        onSearch={(text) => onSearch({ q: text || undefined })}
      />
      <Select
        aria-label={t('filter.group')}
        placeholder={t('filter.group')}
        data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={group === undefined ? null : String(group)}
        onChange={(value) => onSearch({ group: value === null ? undefined : Number(value) })}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearGroup') }}
        searchable
        w={{ base: '100%', xs: 210 }}
      />
      <StatusChoice
        status={status}
        statuses={reached.map(({ client }) => client.status)}
        onChange={(choice) => onSearch({ status: choice })}
      />
    </Group>
  );
}
