/** The pretended server of the tests; a test says what it answers with `answers(…)` or `refuses(…)`. */
import { HttpResponse, http, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';

export const server = setupServer();

type Method = 'get' | 'post' | 'put' | 'delete';

/** A fixed answer, and the bodies that were sent to it. */
export function answers(method: Method, path: string, body: JsonBodyType, status = 200) {
  const received: unknown[] = [];
  server.use(
    http[method](path, async ({ request }) => {
      const text = await request.text();
      received.push(text === '' ? null : JSON.parse(text));
      return status === 204
        ? new HttpResponse(null, { status })
        : HttpResponse.json(body, { status });
    }),
  );
  return received;
}

export function refuses(method: Method, path: string, status: number, sentence: string) {
  return answers(method, path, { error: sentence, code: 'refused', details: {} }, status);
}
