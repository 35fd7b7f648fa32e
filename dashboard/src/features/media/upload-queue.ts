/**
 * Files on their way to the server, three at a time, in the order in which they were given. Knows nothing of
 * the page, so that uploads go on while a person looks at another one. How a file is sent: api/send-file.ts.
 */
export type UploadState = 'waiting' | 'sending' | 'done' | 'failed';

export type Upload = {
  id: number;
  name: string;
  size: number;
  state: UploadState;
  /** 0 to 1. */
  progress: number;
  error: unknown;
};

export type SendFile = (
  file: File,
  options: { signal: AbortSignal; onProgress: (share: number) => void },
) => Promise<unknown>;

const AT_ONCE = 3;

type Entry = { file: File; abort: AbortController };

export type UploadQueue = ReturnType<typeof createUploadQueue>;

export function createUploadQueue(send: SendFile) {
  let uploads: readonly Upload[] = [];
  let lastId = 0;
  const entries = new Map<number, Entry>();
  const listeners = new Set<() => void>();

  function publish(next: readonly Upload[]) {
    uploads = next;
    for (const listener of listeners) listener();
  }

  function change(id: number, part: Partial<Upload>) {
    publish(uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
  }

  async function run(id: number, { file, abort }: Entry) {
    const { signal } = abort;
    try {
      await send(file, { signal, onProgress: (progress) => change(id, { progress }) });
      change(id, { state: 'done', progress: 1 });
      entries.delete(id);
    } catch (error) {
      if (!signal.aborted) change(id, { state: 'failed', error });
    }
    startNext();
  }

  function startNext() {
    const free = AT_ONCE - uploads.filter(({ state }) => state === 'sending').length;
    const waiting = uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free));
    for (const { id } of waiting) {
      const entry = entries.get(id);
      if (entry === undefined) continue;
      change(id, { state: 'sending', progress: 0, error: null });
      run(id, entry);
    }
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    uploads: () => uploads,
    add(files: File[]) {
      const added = files.map((file): Upload => {
        lastId += 1;
        entries.set(lastId, { file, abort: new AbortController() });
        const { name, size } = file;
        return { id: lastId, name, size, state: 'waiting', progress: 0, error: null };
      });
      publish([...uploads, ...added]);
      startNext();
    },
    /** Gives up a file that waits, is being sent or has failed. */
    cancel(id: number) {
      entries.get(id)?.abort.abort();
      entries.delete(id);
      publish(uploads.filter((upload) => upload.id !== id));
      startNext();
    },
    retry(id: number) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entries.set(id, { file: entry.file, abort: new AbortController() });
      change(id, { state: 'waiting', progress: 0, error: null });
      startNext();
    },
    clearDone() {
      publish(uploads.filter(({ state }) => state !== 'done'));
    },
  };
}
