/**
 * Follows the server's notices (`GET /api/stream`). What comes at one moment is handed on together; while the
 * stream is down it says so and tries again. What a notice means for the page is decided in api/notices.ts.
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

/** Which rows of each kind changed; without ids any of them may have. */
export type Notices = ReadonlyMap<NoticeKind, ReadonlySet<string>>;

const noticeSchema = z.object({
  kind: z.enum(NOTICE_KINDS),
  ids: z.array(z.coerce.string()),
});

/** The server gathers bursts; this only folds the kinds that it tells of at one moment. */
const BURST_MS = 20;
const RETRY_MS = 15_000;

type Listener = {
  onNotices: (notices: Notices) => void;
  onState: (state: StreamState) => void;
};

function readNotice(data: unknown) {
  if (typeof data !== 'string') return null;
  try {
    const notice = noticeSchema.safeParse(JSON.parse(data));
    return notice.success ? notice.data : null;
  } catch {
    return null;
  }
}

function joined(before: ReadonlySet<string> | undefined, ids: string[]): ReadonlySet<string> {
  if (before === undefined) return new Set(ids);
  return before.size === 0 || ids.length === 0 ? new Set() : new Set([...before, ...ids]);
}

export function followNotices(url: string, { onNotices, onState }: Listener): () => void {
  let source: EventSource | null = null;
  let pending = new Map<NoticeKind, ReadonlySet<string>>();
  let burst: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    burst = undefined;
    const notices = pending;
    pending = new Map();
    onNotices(notices);
  }

  function receive(event: MessageEvent) {
    const notice = readNotice(event.data);
    if (notice === null) return;
    pending.set(notice.kind, joined(pending.get(notice.kind), notice.ids));
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
