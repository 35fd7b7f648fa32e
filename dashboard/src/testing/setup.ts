/** Before every test file: what jsdom lacks and Mantine needs, German texts, and the pretended server. */
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import * as z from 'zod';
import { client } from '@/api/generated/client.gen';
import { setUpApiClient } from '@/api/setup';
import { setUpTexts } from '@/i18n';
import { quickComputedStyle } from './computed-style';
import { server } from './server';

z.config({ jitless: true });

class NoResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

vi.stubGlobal('ResizeObserver', NoResizeObserver);
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => {},
  removeEventListener: () => {},
}));
Object.defineProperty(document, 'fonts', {
  configurable: true,
  value: { addEventListener: () => {}, removeEventListener: () => {} },
});
window.HTMLElement.prototype.scrollIntoView = () => {};
window.scrollTo = () => {};
window.getComputedStyle = quickComputedStyle;
configure({ asyncUtilTimeout: 30_000 });

beforeAll(async () => {
  setUpApiClient();
  await setUpTexts();
  server.listen({ onUnhandledRequest: 'error' });
});

afterEach(() => {
  cleanup();
  notifications.clean();
  server.resetHandlers();
  localStorage.clear();
});

// Files share a process: what one of them set up or pretended is over with it.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  server.close();
  client.interceptors.request.clear();
  client.interceptors.error.clear();
});
