import { Group, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type GroupCard, matchesFilter } from '../group-cards';
import { OVERVIEW_FILTERS, type OverviewFilter } from '../search';
import classes from './filter-bar.module.css';

type FilterBarProps = {
  cards: GroupCard[];
  filter: OverviewFilter;
  onFilter: (filter: OverviewFilter) => void;
};

export function FilterBar({ cards, filter, onFilter }: FilterBarProps) {
  const { t } = useTranslation('overview');
  return (
    <div className={classes.scroll}>
      <SegmentedControl<OverviewFilter>
        aria-label={t('filter.label')}
        value={filter}
        onChange={onFilter}
        data={OVERVIEW_FILTERS.map((value) => ({
          value,
          label: (
            <Group gap={8} wrap="nowrap" px={4}>
              {t(`filter.${value}`)}
              <Text span size="xs" c="dimmed" className="tabular">
                {cards.filter((card) => matchesFilter(card, value)).length}
              </Text>
            </Group>
          ),
        }))}
      />
    </div>
  );
}
