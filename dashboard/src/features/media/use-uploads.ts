import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { refreshAfter } from '@/api/notices';
import { sendFile } from './api/send-file';
import { createUploadQueue } from './upload-queue';

const queue = createUploadQueue(sendFile);

export function useUploads() {
  const queryClient = useQueryClient();
  const uploads = useSyncExternalStore(queue.subscribe, queue.uploads);
  const done = uploads.filter(({ state }) => state === 'done').length;
  const isBusy = uploads.some(({ state }) => state === 'waiting' || state === 'sending');

  useEffect(() => {
    if (done > 0) refreshAfter(queryClient, new Set(['media']));
  }, [done, queryClient]);

  useEffect(() => {
    if (!isBusy) return;
    // Closing the window would break off what is on its way; the browser asks first.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isBusy]);

  return { uploads, queue };
}
