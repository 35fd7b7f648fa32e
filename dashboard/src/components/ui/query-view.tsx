/**
 * The one way to show a query: loading, error with a retry, or the data. Once there is data, a failed
 * refresh keeps it on the page; the live state of the shell tells that it may be old.
 */
import type { ReactNode } from 'react';
import { ErrorState } from './error-state';
import { LoadingState } from './loading-state';

/** What of a query result is looked at; several joined reads can look like one. */
type Shown<T> = {
  data: T | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => Promise<unknown>;
};

type QueryViewProps<T> = {
  query: Shown<T>;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
};

export function QueryView<T>({ query, loading, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  return loading ?? <LoadingState />;
}
