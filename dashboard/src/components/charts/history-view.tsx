/** Charts of hourly sums, from the query to the drawing; the drawing is fetched when it is needed. */
import { Skeleton } from '@mantine/core';
import { type ComponentProps, lazy, Suspense } from 'react';
import type { HistoryAnswer } from '@/api/generated/types.gen';
import { QueryView } from '@/components/ui/query-view';

const HistoryCharts = lazy(async () => {
  const { HistoryCharts: Charts } = await import('./history-charts');
  return { default: Charts };
});
const LOADING = <Skeleton height={220} />;

export function HistoryView({
  query,
}: {
  query: ComponentProps<typeof QueryView<HistoryAnswer>>['query'];
}) {
  return (
    <QueryView query={query} loading={LOADING}>
      {(history) => (
        <Suspense fallback={LOADING}>
          <HistoryCharts history={history} />
        </Suspense>
      )}
    </QueryView>
  );
}
