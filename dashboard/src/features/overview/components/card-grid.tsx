import { Button, Stack } from '@mantine/core';
import { IconLayoutKanban } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/empty-state';
import { NoMatch } from '@/components/ui/no-match';
import { useCan } from '@/lib/session';
import { type GroupCard as Card, matchesFilter } from '../group-cards';
import type { OverviewFilter } from '../search';
import classes from './card-grid.module.css';
import { FilterBar } from './filter-bar';
import { GroupCard } from './group-card';

type CardGridProps = {
  cards: Card[];
  at: Date;
  filter: OverviewFilter;
  onFilter: (filter: OverviewFilter) => void;
};

export function CardGrid({ cards, at, filter, onFilter }: CardGridProps) {
  const { t } = useTranslation('overview');
  const matching = cards.filter((card) => matchesFilter(card, filter));
  const hasGroups = cards.some(({ group }) => !group.isUnassigned);
  return (
    <Stack gap="md">
      {hasGroups ? <FilterBar cards={cards} filter={filter} onFilter={onFilter} /> : <NoGroups />}
      {matching.length === 0 && (
        <NoMatch
          title={t('noMatch.title')}
          action={t('noMatch.action')}
          onShowAll={() => onFilter('all')}
        />
      )}
      <div className={classes.grid}>
        {matching.map((card) => (
          <GroupCard key={card.group.id} card={card} at={at} />
        ))}
      </div>
    </Stack>
  );
}

function NoGroups() {
  const { t } = useTranslation('overview');
  const mayCreate = useCan('admin');
  return (
    <EmptyState
      icon={IconLayoutKanban}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        mayCreate && (
          <Button component={Link} to="/groups">
            {t('empty.action')}
          </Button>
        )
      }
    />
  );
}
