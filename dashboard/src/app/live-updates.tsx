/** Keeps the cached answers fresh: by the server's notices, or by asking every 15 s while they cannot be had. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { follow, refreshAfter } from '@/api/notices';
import { LiveStateProvider } from '@/lib/live-state';
import { followNotices, NOTICE_KINDS, type StreamState } from '@/lib/notice-stream';

const POLL_MS = 15_000;
const EVERYTHING = new Set(NOTICE_KINDS);

export function LiveUpdates({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');

  useEffect(() => {
    let wasDown = false;
    return followNotices('/api/stream', {
      onNotices: (notices) => follow(queryClient, notices),
      onState: (next) => {
        setState(next);
        // What was announced meanwhile is lost, so everything is asked again once.
        if (next === 'live' && wasDown) refreshAfter(queryClient, EVERYTHING);
        wasDown = next === 'down';
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
