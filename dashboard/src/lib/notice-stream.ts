/**
 * Follows the server's notices (`GET /api/stream`). Bursts are handed on together; while the stream is down
 * it says so and tries again. What a notice means for the page is decided in api/notices.ts.
 */
import * as z from 'zod';

export const NOTICE_KINDS = [
  'clients',
  'groups',
  'events',
  'media',
  'conversions',
  'screenshots',
  'settings',
  'commands',
  'rollouts',
  'alerts',
  'broadcasts',
  'periods',
  'holidays',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];
export type StreamState = 'connecting' | 'live' | 'down';

const noticeSchema = z.object({ kind: z.enum(NOTICE_KINDS) });

/** Long enough to fold a batch of the server into one request, short enough to feel immediate. */
const BURST_MS = 150;
const RETRY_MS = 15_000;

type Listener = {
  onNotices: (kinds: ReadonlySet<NoticeKind>) => void;
  onState: (state: StreamState) => void;
};

function readKind(data: unknown): NoticeKind | null {
  if (typeof data !== 'string') return null;
  try {
    const notice = noticeSchema.safeParse(JSON.parse(data));
    return notice.success ? notice.data.kind : null;
  } catch {
    return null;
  }
}

export function followNotices(url: string, { onNotices, onState }: Listener): () => void {
  let source: EventSource | null = null;
  let pending = new Set<NoticeKind>();
  let burst: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    burst = undefined;
    const kinds = pending;
    pending = new Set();
    onNotices(kinds);
  }

  function receive(event: MessageEvent) {
    const kind = readKind(event.data);
    if (kind === null) return;
    pending.add(kind);
    burst ??= setTimeout(flush, BURST_MS);
  }

  function connect() {
    const stream = new EventSource(url);
    source = stream;
    stream.onopen = () => onState('live');
    stream.addEventListener('notice', receive);
    stream.onerror = () => {
      onState('down');
      // The browser reconnects by itself unless the server refused; then it stays closed.
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MS);
    };
  }

  connect();
  return () => {
    source?.close();
    clearTimeout(burst);
    clearTimeout(retry);
  };
}
