/** One upload with progress, which `fetch` cannot tell; so this one request does not go through the client. */
import i18next from 'i18next';
import { toProblem } from '@/api/problem';
import type { SendFile } from '../upload-queue';

const CREATED = 201;

function problemOf(request: XMLHttpRequest): unknown {
  const response =
    request.status === 0 ? undefined : new Response(null, { status: request.status });
  try {
    return toProblem(JSON.parse(request.responseText), response);
  } catch {
    return toProblem(undefined, response);
  }
}

export const sendFile: SendFile = (file, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/eventmedia');
    request.setRequestHeader('Accept-Language', i18next.language);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status === CREATED ? resolve(undefined) : reject(problemOf(request));
    request.onerror = () => reject(problemOf(request));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const body = new FormData();
    body.append('file', file);
    request.send(body);
  });
