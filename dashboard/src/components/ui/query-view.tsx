/**
 * The one way to show a query: loading, error with a retry, or the data. Once there is data, a failed
 * refresh keeps it on the page; the live state of the shell tells that it may be old.
 */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state';
import { LoadingState } from './loading-state';

type QueryViewProps<T> = {
  query: UseQueryResult<T, unknown>;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
};

export function QueryView<T>({ query, loading, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  return loading ?? <LoadingState />;
}
