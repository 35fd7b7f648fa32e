import { useTranslation } from 'react-i18next';
import { CountedChoice } from '@/components/ui/counted-choice';
import { type GroupCard, matchesFilter } from '../group-cards';
import { OVERVIEW_FILTERS, type OverviewFilter } from '../search';

type FilterBarProps = {
  cards: GroupCard[];
  filter: OverviewFilter;
  onFilter: (filter: OverviewFilter) => void;
};

export function FilterBar({ cards, filter, onFilter }: FilterBarProps) {
  const { t } = useTranslation('overview');
  return (
    <CountedChoice
      label={t('filter.label')}
      choices={OVERVIEW_FILTERS}
      value={filter}
      textOf={(choice) => t(`filter.${choice}`)}
      countOf={(choice) => cards.filter((card) => matchesFilter(card, choice)).length}
      onChange={onFilter}
    />
  );
}
