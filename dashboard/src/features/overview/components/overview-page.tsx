import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/ui/ago';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useOverview } from '../api/use-overview';
import { CardGrid } from './card-grid';
import { LoadingCards } from './loading-cards';
import { PeriodBanner } from './period-banner';
import { RefreshButton } from './refresh-button';
import { Totals } from './totals';

const route = getRouteApi('/shell/');

export function OverviewPage() {
  const { t } = useTranslation(['overview', 'common']);
  const { show = 'all' } = route.useSearch();
  const navigate = route.useNavigate();
  const overview = useOverview();
  return (
    <Page
      title={t('common:nav.overview')}
      subtitle={
        <>
          <span className="tabular">
            {t('subtitle')}
            {overview.data && (
              <>
                {' · '}
                {t('updated')} <Ago at={overview.updatedAt} />
              </>
            )}
          </span>
          <LiveBadge />
        </>
      }
      actions={<RefreshButton onRefresh={overview.refresh} />}
    >
      <PeriodBanner />
      <QueryView query={overview} loading={<LoadingCards />}>
        {({ cards, totals, at }) => (
          <>
            <Totals totals={totals} />
            <CardGrid
              cards={cards}
              at={at}
              filter={show}
              onFilter={(filter) =>
                navigate({ search: { show: filter === 'all' ? undefined : filter } })
              }
            />
          </>
        )}
      </QueryView>
    </Page>
  );
}
