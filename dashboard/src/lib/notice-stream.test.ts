import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followNotices, type Notices, type StreamState } from './notice-stream';

class PretendedSource extends EventTarget {
  static readonly CLOSED = 2;
  static opened: PretendedSource[] = [];
  readyState = 1;
  onopen: () => void = () => {};
  onerror: () => void = () => {};
  constructor() {
    super();
    PretendedSource.opened.push(this);
  }
  close() {
    this.readyState = PretendedSource.CLOSED;
  }
  send(data: string) {
    this.dispatchEvent(new MessageEvent('notice', { data }));
  }
  fail(readyState: number) {
    this.readyState = readyState;
    this.onerror();
  }
}

const batches: Record<string, string[]>[] = [];
const states: StreamState[] = [];
let stop = () => {};

function plain(notices: Notices) {
  return Object.fromEntries([...notices].map(([kind, ids]) => [kind, [...ids]]));
}

function current(): PretendedSource {
  const source = PretendedSource.opened.at(-1);
  if (!source) throw new Error('no stream was opened');
  return source;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', PretendedSource);
  PretendedSource.opened = [];
  batches.length = 0;
  states.length = 0;
  stop = followNotices('/api/stream', {
    onNotices: (notices) => batches.push(plain(notices)),
    onState: (state) => states.push(state),
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test('a burst of notices is handed on once', () => {
  for (let n = 0; n < 50; n += 1) current().send('{"kind":"clients","ids":["a"]}');
  current().send('{"kind":"clients","ids":["b"]}');
  current().send('{"kind":"groups","ids":[]}');
  vi.advanceTimersByTime(1000);
  expect(batches).toEqual([{ clients: ['a', 'b'], groups: [] }]);
});

test('that any may have changed is not lost among single ones', () => {
  for (const ids of ['["a"]', '[]', '[7]']) current().send(`{"kind":"clients","ids":${ids}}`);
  vi.advanceTimersByTime(1000);
  expect(batches).toEqual([{ clients: [] }]);
});

test('a notice that cannot be read hurts nothing', () => {
  for (const data of ['', '{', '{"kind":"unheard-of"}', 'null']) current().send(data);
  current().send('{"kind":"events","ids":[]}');
  vi.advanceTimersByTime(1000);
  expect(batches).toEqual([{ events: [] }]);
});

test('a stream the server refused is opened again after a while', () => {
  current().fail(PretendedSource.CLOSED);
  expect(states).toEqual(['down']);
  vi.advanceTimersByTime(15_000);
  expect(PretendedSource.opened).toHaveLength(2);
  current().onopen();
  expect(states).toEqual(['down', 'live']);
});

test('a stream the browser reopens by itself is left to it', () => {
  current().fail(0);
  vi.advanceTimersByTime(60_000);
  expect(PretendedSource.opened).toHaveLength(1);
});
