import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { AlertAnswer } from '@/api/generated/types.gen';
import { alert, clientOverview, command, group, occurrence } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers } from '@/testing/server';
import { monitoringSearch } from '../search';
import { MonitoringPage } from './monitoring-page';

const aula = clientOverview({ description: 'Aula', groupId: 2, groupName: 'Aula' });
const door = clientOverview({ description: 'Eingang', status: 'offline', isAlive: false });
const crashed = {
  uuid: door.uuid,
  description: 'Eingang',
  hostname: null,
  ip: '192.0.2.7',
  group_id: 2,
  is_alive: false,
  process_status: 'running',
  screen_health_status: 'OK',
  last_alive: null,
  crash_reason: 'heartbeat_stale',
};
const failed = {
  uuid: aula.uuid,
  description: 'Aula',
  hostname: null,
  ip: '192.0.2.8',
  group_id: 2,
  service_failed_at: '2026-11-27T09:00:00',
  service_failed_unit: 'infoscreen-player.service',
  is_alive: true,
  last_alive: '2026-11-27T10:00:00',
};

function overview(clients = [aula, door]) {
  const summary = {
    totalClients: clients.length,
    healthyClients: 1,
    warningClients: 0,
    criticalClients: 0,
    offlineClients: 1,
    errorLogs: 3,
    warnLogs: 0,
    activePriorityScreenshots: 0,
  };
  const at = { since: '2026-11-26T10:00:00', timestamp: '2026-11-27T10:00:00' };
  return { summary, periodHours: 24, gracePeriodSeconds: 180, ...at, clients };
}

function alertsAnswer(alerts: AlertAnswer[] = []) {
  const open = { warning: 0, critical: alerts.length };
  return { alerts, total: alerts.length, nextCursor: null, open };
}

beforeEach(() => {
  answers('get', '/api/client-logs/monitoring-overview', overview());
  answers('get', '/api/client-logs/recent-errors', { errors: [], periodHours: 24 });
  answers('get', '/api/clients/crashed', {
    crashed_count: 0,
    grace_period_seconds: 180,
    clients: [],
  });
  answers('get', '/api/clients/service_failed', { service_failed_count: 0, clients: [] });
  answers('get', '/api/clients/status', { clients: [] });
  answers('get', '/api/alerts', alertsAnswer());
  answers('get', '/api/groups', { groups: [group({ id: 2, name: 'Aula' })] });
  answers('get', '/api/events/occurrences', { occurrences: [] });
  answers('get', '/api/history', { hours: 0, points: [] });
  answers('get', '/api/commands', { commands: [], total: 0, nextCursor: null });
});

async function open(at = '/monitoring') {
  const page = renderPage(MonitoringPage, {
    path: '/monitoring',
    search: monitoringSearch,
    role: 'superadmin',
    at,
  });
  await screen.findByRole('table', { name: 'Infoscreens' });
  return page;
}

test('what needs somebody comes first, and panels without anything are not there', async () => {
  await open();
  const [, first] = screen.getAllByRole('row');
  within(first as HTMLElement).getByText('Eingang');
  expect(screen.queryByText('Abgestürzte / Nicht erreichbare Clients')).toBeNull();
  expect(screen.queryByText(/systemd hat aufgegeben/)).toBeNull();
});

test('what a screen shows is named as soon as the plan is known', async () => {
  const shows = clientOverview({ description: 'Foyer', currentEventId: 7 });
  answers('get', '/api/client-logs/monitoring-overview', overview([shows]));
  const showing = occurrence({ eventId: 7, subject: 'Tag der offenen Tür' });
  answers('get', '/api/events/occurrences', { occurrences: [showing] });
  await open();
  await screen.findByRole('cell', { name: 'Tag der offenen Tür' });
});

test('a restart from the red panel gives the cause as its reason', async () => {
  answers('get', '/api/clients/crashed', {
    crashed_count: 1,
    grace_period_seconds: 180,
    clients: [crashed],
  });
  const sent = answers(
    'post',
    `/api/clients/${door.uuid}/restart`,
    { success: true, message: 'ok', command: command(['queued']) },
    202,
  );
  const { user } = await open();
  const panel = within(
    await screen.findByRole('region', { name: 'Abgestürzte / Nicht erreichbare Clients' }),
  );
  panel.getByText('Heartbeat veraltet');
  panel.getByText('Aula');
  await user.click(panel.getByRole('button', { name: 'Neustart von Eingang' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: /[Nn]eu ?start/ }));
  await waitFor(() => expect(sent).toEqual([{ reason: 'Heartbeat veraltet' }]));
});

test('a failed service is acknowledged from the orange panel', async () => {
  answers('get', '/api/clients/service_failed', { service_failed_count: 1, clients: [failed] });
  const sent = answers('post', `/api/clients/${aula.uuid}/clear_service_failed`, {
    success: true,
    message: 'Quittiert.',
  });
  const { user } = await open();
  const panel = within(
    await screen.findByRole('region', {
      name: 'Service dauerhaft ausgefallen (systemd hat aufgegeben)',
    }),
  );
  panel.getByText('infoscreen-player.service');
  answers('get', '/api/clients/service_failed', { service_failed_count: 0, clients: [] });
  await user.click(panel.getByRole('button', { name: 'Ausfall auf Aula quittieren' }));
  await screen.findByText('Quittiert.');
  await waitFor(() => expect(screen.queryByText(/systemd hat aufgegeben/)).toBeNull());
  expect(sent).toHaveLength(1);
});

test('filters keep what fits, and a status shows how many have it', async () => {
  const { user, router } = await open();
  await user.click(screen.getByRole('radio', { name: /Offline/ }));
  await waitFor(() => expect(screen.queryByText('Aula', { selector: 'a' })).toBeNull());
  expect(router.state.location.search).toEqual({ status: 'offline' });
});

test('a row tells what is open about its device and shows its latest picture with its type', async () => {
  const screenshotUrl = `/screenshots/${aula.uuid}.jpg`;
  const pictured = { ...aula, screenshotUrl, latestScreenshotType: 'event_start' };
  answers('get', '/api/client-logs/monitoring-overview', overview([pictured, door]));
  const silent = alert({ kind: 'device_silent', severity: 'warning', clientUuid: aula.uuid });
  const black = alert({ kind: 'screen_black', severity: 'critical', clientUuid: aula.uuid });
  answers('get', '/api/alerts', alertsAnswer([silent, black]));
  await open();
  const row = within(await screen.findByRole('row', { name: /Bildschirm schwarz und 1 weitere/ }));
  row.getByText('Terminbeginn');
  row.getByRole('link', { name: 'Bilder von Aula' });
});

test('on a phone the picture stands beside the name, once', async () => {
  const wide = matchMedia;
  onTestFinished(() => void vi.stubGlobal('matchMedia', wide));
  vi.stubGlobal('matchMedia', (query: string) => ({
    ...wide(query),
    matches: query.includes('max-width'),
  }));
  const pictured = { ...aula, screenshotUrl: `/screenshots/${aula.uuid}.jpg` };
  answers('get', '/api/client-logs/monitoring-overview', overview([pictured, door]));
  await open();
  const picture = await screen.findByRole('link', { name: 'Bilder von Aula' });
  within(picture.parentElement as HTMLElement).getByRole('link', { name: 'Aula' });
});

test('alerts are a part of the page that tells how many are open, and can be acknowledged there', async () => {
  answers(
    'get',
    '/api/alerts',
    alertsAnswer([alert({ kind: 'screen_black', subjectName: 'Aula' })]),
  );
  const { user, router } = await open();
  await user.click(await screen.findByRole('tab', { name: /^Alarme.*: 1$/ }));
  await screen.findByRole('button', { name: 'Zur Kenntnis nehmen' });
  expect(router.state.location.search).toEqual({ part: 'alerts' });
});

test('without a device the page says how to get one', async () => {
  answers('get', '/api/client-logs/monitoring-overview', overview([]));
  renderPage(MonitoringPage, { path: '/monitoring', search: monitoringSearch, role: 'superadmin' });
  await screen.findByText('Noch keine Infoscreens');
});
