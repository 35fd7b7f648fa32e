import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveUpdates } from './live-updates';

class PretendedSource extends EventTarget {
  static current: PretendedSource;
  readonly readyState = 0;
  onopen: () => void = () => {};
  onerror: () => void = () => {};
  constructor() {
    super();
    PretendedSource.current = this;
  }
  close() {}
}

const refresh = vi.spyOn(QueryClient.prototype, 'invalidateQueries');

let cache: QueryClient;

beforeEach(() => {
  cache = new QueryClient();
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', PretendedSource);
  refresh.mockClear();
  render(
    <QueryClientProvider client={cache}>
      <LiveUpdates>{null}</LiveUpdates>
    </QueryClientProvider>,
  );
});

afterEach(() => vi.useRealTimers());

const open = () => act(() => PretendedSource.current.onopen());
const lose = () => act(() => PretendedSource.current.onerror());

test('while the stream is there nothing is asked without a notice', () => {
  open();
  vi.advanceTimersByTime(60_000);
  expect(refresh).not.toHaveBeenCalled();
});

test('while the stream is down everything is asked every 15 seconds', () => {
  lose();
  vi.advanceTimersByTime(31_000);
  expect(refresh).toHaveBeenCalledTimes(2);
});

test('a stream that is back brings what was missed, once', () => {
  lose();
  open();
  vi.advanceTimersByTime(60_000);
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('what was answered before the stream opened is asked again: a change may have come between', () => {
  cache.setQueryData([{ _id: 'listAlerts' }], {});
  open();
  expect(refresh).toHaveBeenCalledTimes(1);
});
