import { expect, test, vi } from 'vitest';
import { createUploadQueue, type SendFile } from './upload-queue';

const file = (name: string) => new File(['content'], name);
const names = (count: number) => Array.from({ length: count }, (_, at) => `${at + 1}.pdf`);

/** A server that answers when the test says so. */
function heldServer() {
  const held = new Map<string, { finish: () => void; fail: (error: unknown) => void }>();
  const begun: string[] = [];
  const send: SendFile = ({ name }, { signal }) =>
    new Promise((resolve, reject) => {
      begun.push(name);
      held.set(name, { finish: () => resolve(undefined), fail: reject });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { send, begun, of: (name: string) => held.get(name) };
}

function states(queue: ReturnType<typeof createUploadQueue>) {
  return queue.uploads().map(({ name, state }) => `${name} ${state}`);
}

test('three files are sent at a time, the others wait their turn', async () => {
  const server = heldServer();
  const queue = createUploadQueue(server.send);
  queue.add(names(5).map(file));
  expect(server.begun).toEqual(['1.pdf', '2.pdf', '3.pdf']);
  server.of('2.pdf')?.finish();
  await vi.waitFor(() => expect(server.begun).toContain('4.pdf'));
  expect(states(queue)).toEqual([
    '1.pdf sending',
    '2.pdf done',
    '3.pdf sending',
    '4.pdf sending',
    '5.pdf waiting',
  ]);
});

test('a failure stays on the page with its reason and leaves its place to the next', async () => {
  const server = heldServer();
  const queue = createUploadQueue(server.send);
  queue.add(names(4).map(file));
  const reason = new Error('wrong kind');
  server.of('1.pdf')?.fail(reason);
  await vi.waitFor(() => expect(server.begun).toContain('4.pdf'));
  expect(queue.uploads()[0]).toMatchObject({ state: 'failed', error: reason });
});

test('a failed file can be sent again', async () => {
  const server = heldServer();
  const queue = createUploadQueue(server.send);
  queue.add([file('1.pdf')]);
  server.of('1.pdf')?.fail(new Error('away'));
  await vi.waitFor(() => expect(states(queue)).toEqual(['1.pdf failed']));
  queue.retry(queue.uploads()[0]?.id ?? 0);
  server.of('1.pdf')?.finish();
  await vi.waitFor(() => expect(states(queue)).toEqual(['1.pdf done']));
  expect(server.begun).toEqual(['1.pdf', '1.pdf']);
});

test('cancelling breaks off the request, forgets the file and starts the next', async () => {
  const server = heldServer();
  const queue = createUploadQueue(server.send);
  queue.add(names(4).map(file));
  queue.cancel(queue.uploads()[0]?.id ?? 0);
  await vi.waitFor(() => expect(server.begun).toContain('4.pdf'));
  expect(states(queue)).toEqual(['2.pdf sending', '3.pdf sending', '4.pdf sending']);
});

test('a waiting file can be cancelled before it was ever sent', () => {
  const server = heldServer();
  const queue = createUploadQueue(server.send);
  queue.add(names(4).map(file));
  queue.cancel(queue.uploads()[3]?.id ?? 0);
  expect(states(queue)).toHaveLength(3);
  expect(server.begun).not.toContain('4.pdf');
});

test('progress reaches whoever looks', () => {
  let tell = (_share: number) => {};
  const queue = createUploadQueue((_file, { onProgress }) => {
    tell = onProgress;
    return new Promise(() => {});
  });
  const seen = vi.fn();
  queue.subscribe(seen);
  queue.add([file('1.pdf')]);
  tell(0.4);
  expect(queue.uploads()[0]?.progress).toBe(0.4);
  expect(seen).toHaveBeenCalled();
});
