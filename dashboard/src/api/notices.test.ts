import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NoticeKind } from '@/lib/notice-stream';
import { clientOverview, clientStatus } from '@/testing/factories';
import { server } from '@/testing/server';
import {
  clientStatusesOptions,
  monitoringOverviewOptions,
  recentErrorsOptions,
} from './generated/@tanstack/react-query.gen';
import type { ClientStatusesAnswer, OverviewAnswer } from './generated/types.gen';
import { follow } from './notices';

const aula = clientOverview({ description: 'Aula' });
const door = clientOverview({ description: 'Eingang' });
const asked: string[][] = [];
let now: OverviewAnswer['clients'] = [];
let at = '2026-11-27T10:00:00';
let queryClient: QueryClient;
let stop = () => {};

function answer(named: string[]): OverviewAnswer {
  const clients = now.filter(({ uuid }) => named.length === 0 || named.includes(uuid));
  const of = (status: string) => clients.filter((client) => client.status === status).length;
  return {
    summary: {
      totalClients: clients.length,
      healthyClients: of('healthy'),
      warningClients: of('warning'),
      criticalClients: of('critical'),
      offlineClients: of('offline'),
      errorLogs: 0,
      warnLogs: 0,
      activePriorityScreenshots: 0,
    },
    periodHours: 24,
    gracePeriodSeconds: 180,
    since: '2026-11-26T10:00:00',
    timestamp: at,
    clients,
  };
}

function known() {
  return queryClient.getQueryData<OverviewAnswer>(monitoringOverviewOptions().queryKey);
}

function tell(kind: NoticeKind, ...ids: string[]) {
  follow(queryClient, new Map([[kind, new Set(ids)]]));
}

beforeEach(async () => {
  now = [aula, door];
  at = '2026-11-27T10:00:00';
  asked.length = 0;
  server.use(
    http.get('/api/client-logs/monitoring-overview', ({ request }) => {
      const named = new URL(request.url).searchParams.getAll('clients');
      asked.push(named);
      return HttpResponse.json(answer(named));
    }),
  );
  queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  stop = new QueryObserver(queryClient, monitoringOverviewOptions()).subscribe(() => {});
  await waitFor(() => expect(known()?.clients).toHaveLength(2));
});

afterEach(() => stop());

test('only the client that changed is asked for, and the figures follow', async () => {
  const untouched = known()?.clients[1];
  now = [{ ...aula, status: 'critical' }, door];
  tell('clients', aula.uuid);
  await waitFor(() => expect(known()?.summary.criticalClients).toBe(1));
  expect(known()?.clients.map(({ status }) => status)).toEqual(['critical', 'healthy']);
  expect(known()?.clients[1]).toBe(untouched);
  expect(asked).toEqual([[], [aula.uuid]]);
});

test('what changes while a change is asked for is asked for next, together', async () => {
  now = [
    { ...aula, status: 'critical' },
    { ...door, status: 'warning' },
  ];
  tell('clients', aula.uuid);
  tell('clients', door.uuid);
  tell('screenshots', door.uuid);
  await waitFor(() => expect(known()?.summary.warningClients).toBe(1));
  expect(known()?.summary.criticalClients).toBe(1);
  expect(asked).toEqual([[], [aula.uuid], [door.uuid]]);
});

test('a client that is new, gone or called otherwise brings the whole overview', async () => {
  const cellar = clientOverview({ description: 'Keller' });
  now = [aula, door, cellar];
  tell('clients', cellar.uuid);
  await waitFor(() => expect(known()?.clients).toHaveLength(3));
  now = [aula, cellar];
  tell('clients', door.uuid);
  await waitFor(() => expect(known()?.clients).toHaveLength(2));
  now = [cellar, { ...aula, description: 'Zeichensaal' }];
  tell('clients', aula.uuid);
  await waitFor(() => expect(known()?.clients[1]?.description).toBe('Zeichensaal'));
});

test('that anything may have changed brings the whole overview', async () => {
  now = [aula, { ...door, status: 'offline' }];
  tell('clients');
  await waitFor(() => expect(known()?.summary.offlineClients).toBe(1));
  expect(asked).toEqual([[], []]);
});

test('clients that fall silent unannounced are seen although others change all the time', async () => {
  now = [aula, { ...door, status: 'offline' }];
  at = '2026-11-27T10:00:31';
  tell('clients', aula.uuid);
  await waitFor(() => expect(known()?.summary.offlineClients).toBe(1));
});

test('of how the clients are, only those that changed are asked for too', async () => {
  const named: string[][] = [];
  const [first, second] = [clientStatus({ description: 'Aula' }), clientStatus()];
  let statuses = [first, second];
  server.use(
    http.get('/api/clients/status', ({ request }) => {
      const uuids = new URL(request.url).searchParams.getAll('clients');
      named.push(uuids);
      const clients = statuses.filter(({ uuid }) => uuids.length === 0 || uuids.includes(uuid));
      return HttpResponse.json({ clients });
    }),
  );
  const { queryKey } = clientStatusesOptions();
  const leave = new QueryObserver(queryClient, clientStatusesOptions()).subscribe(() => {});
  const shown = () => queryClient.getQueryData<ClientStatusesAnswer>(queryKey)?.clients;
  await waitFor(() => expect(shown()).toHaveLength(2));
  const untouched = shown()?.[1];
  const since = queryClient.getQueryState(queryKey)?.dataUpdatedAt;
  statuses = [{ ...first, status: 'critical' }, second];
  tell('clients', first.uuid);
  await waitFor(() => expect(shown()?.[0]?.status).toBe('critical'));
  expect(shown()?.[1]).toBe(untouched);
  expect(named).toEqual([[], [first.uuid]]);
  expect(queryClient.getQueryState(queryKey)?.dataUpdatedAt).toBe(since);
  statuses = [first, { ...second, currentEventId: 7 }];
  tell('events', '7');
  await waitFor(() => expect(shown()?.[1]?.currentEventId).toBe(7));
  expect(named).toEqual([[], [first.uuid], []]);
  leave();
});

test('a group that is called otherwise brings the whole overview', async () => {
  now = [{ ...aula, groupName: 'Festsaal' }, door];
  tell('groups', '2');
  await waitFor(() => expect(known()?.clients[0]?.groupName).toBe('Festsaal'));
  expect(asked).toEqual([[], []]);
});

test('a request that is under way is not broken off, and what changed since is asked for after it', async () => {
  const answers: (() => void)[] = [];
  server.use(
    http.get('/api/client-logs/recent-errors', async () => {
      await new Promise<void>((done) => answers.push(done));
      return HttpResponse.json({ errors: [], periodHours: 24 });
    }),
  );
  const { queryKey } = recentErrorsOptions();
  const leave = new QueryObserver(queryClient, recentErrorsOptions()).subscribe(() => {});
  await waitFor(() => expect(answers).toHaveLength(1));
  for (let n = 0; n < 5; n += 1) tell('clients', aula.uuid);
  answers[0]?.();
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(queryClient.getQueryState(queryKey)?.dataUpdateCount).toBe(1);
  answers[1]?.();
  await waitFor(() => expect(queryClient.getQueryState(queryKey)?.fetchStatus).toBe('idle'));
  expect(answers).toHaveLength(2);
  leave();
});
