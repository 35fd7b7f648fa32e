import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group as RoomGroup } from '@/api/types';
import { SearchField } from '@/components/ui/search-field';
import { filterRows, type InfoscreenRow } from '../infoscreen-rows';
import { type InfoscreensSearch, STATUS_FILTERS, type StatusFilter } from '../search';
import classes from './infoscreens.module.css';

type InfoscreenFiltersProps = {
  rows: InfoscreenRow[];
  groups: RoomGroup[];
  search: InfoscreensSearch;
  onSearch: (change: InfoscreensSearch) => void;
};

type Choice = StatusFilter | 'all';

export function InfoscreenFilters({ rows, groups, search, onSearch }: InfoscreenFiltersProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const { q = '', group, status } = search;
  const reached = filterRows(rows, { q, group });
  const countOf = (choice: Choice) =>
    choice === 'all' ? reached.length : filterRows(reached, { status: choice }).length;

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
