/** Keeps the cached answers fresh: by the server's notices, or by asking every 15 s while they cannot be had. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { follow, refreshAfter } from '@/api/notices';
import { LiveStateProvider } from '@/lib/live-state';
import { followNotices, NOTICE_KINDS, type StreamState } from '@/lib/notice-stream';

const POLL_MS = 15_000;
const EVERYTHING = new Set(NOTICE_KINDS);

/** At the first opening: a stream that opens as fast as usual comes before the first answers. */
function hasAnswers(queryClient: QueryClient): boolean {
  return queryClient
    .getQueryCache()
    .getAll()
    .some(({ state }) => state.data !== undefined);
}

export function LiveUpdates({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');

  useEffect(() => {
    let last: StreamState = 'connecting';
    return followNotices('/api/stream', {
      onNotices: (notices) => follow(queryClient, notices),
      onState: (next) => {
        setState(next);
        // What was announced meanwhile is lost, so everything that was answered is asked again once.
        if (next === 'live' && (last === 'down' || hasAnswers(queryClient))) {
          refreshAfter(queryClient, EVERYTHING);
        }
        last = next;
      },
    });
  }, [queryClient]);

  useEffect(() => {
    if (state !== 'down') return;
    const timer = setInterval(() => refreshAfter(queryClient, EVERYTHING), POLL_MS);
    return () => clearInterval(timer);
  }, [state, queryClient]);

  return <LiveStateProvider value={state}>{children}</LiveStateProvider>;
}
