import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { AlertAnswer } from '@/api/generated/types.gen';
import { zAlertKind } from '@/api/generated/zod.gen';
import { de } from '@/i18n/de';
import { en } from '@/i18n/en';
import type { Role } from '@/lib/session';
import { alert, clientStatus } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { alertsSearch } from '../search';
import { AlertsPage } from './alerts-page';

const black = alert({ id: 7 });

function shows(...alerts: AlertAnswer[]) {
  answers('get', '/api/clients/status', { clients: [clientStatus({ uuid: black.subject })] });
  const open = { warning: 0, critical: alerts.length };
  answers('get', '/api/alerts', { alerts, total: alerts.length, nextCursor: null, open });
}

const open = (at = '/alerts', role: Role = 'admin') =>
  renderPage(AlertsPage, { path: '/alerts', search: alertsSearch, at, role });

test('an open alert says what it is, about whom, since when and what to do', async () => {
  shows(black);
  open();
  const card = await screen.findByRole('article');
  within(card).getByRole('heading', { name: 'Bildschirm schwarz' });
  expect(
    within(card)
      .getByRole('link', { name: /Aula links/ })
      .getAttribute('href'),
  ).toBe(`/infoscreens/${black.subject}`);
  const group = within(card).getByRole('link', { name: 'Gruppe Aula' });
  expect(group.getAttribute('href')).toBe('/groups?q=Aula');
  expect(card.textContent).toContain('12:58');
  within(card).getByText(/Kabel, Fernseher/);
});

test('it is acknowledged, and only what does not end by itself can be ended', async () => {
  shows(black, { ...black, id: 8, kind: 'command_failed', mayResolve: true });
  const { user } = open();
  const [first, second] = await screen.findAllByRole('article');
  expect(within(first as HTMLElement).queryByRole('button', { name: 'Erledigt' })).toBeNull();
  within(second as HTMLElement).getByRole('button', { name: 'Erledigt' });
  const sent = answers('post', '/api/alerts/7/acknowledge', black);
  await user.click(
    within(first as HTMLElement).getByRole('button', { name: 'Zur Kenntnis nehmen' }),
  );
  await screen.findByText('Der Alarm ist zur Kenntnis genommen.');
  expect(sent).toHaveLength(1);
});

test('what the advice speaks of is a click away, with the alert as the reason', async () => {
  shows({ ...black, kind: 'screen_frozen' });
  const sent = refuses('post', `/api/clients/${black.subject}/restart_app`, 503, 'Geht nicht.');
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'App neu starten' }));
  await waitFor(() => expect(sent).toEqual([{ reason: 'Bild steht still' }]));
});

test('a silent screen is restarted by its power where that can be switched', async () => {
  shows({ ...black, kind: 'device_silent' });
  const silent = clientStatus({ uuid: black.subject, isAlive: false, hasPowerSwitch: true });
  answers('get', '/api/clients/status', { clients: [silent] });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Strom aus/ein' }));
  await screen.findByRole('dialog');
});

test('no command is proposed where none helps, nor to who may give none', async () => {
  shows({ ...black, kind: 'clock_skew' });
  open();
  await screen.findByRole('article');
  expect(screen.queryByRole('button', { name: /neu starten|Neustart/ })).toBeNull();
  shows(black);
  open('/alerts', 'user');
  await screen.findByRole('heading', { name: 'Bildschirm schwarz' });
  expect(screen.queryByRole('button', { name: 'App neu starten' })).toBeNull();
});

test('one that is over tells how it ended', async () => {
  const closed = { ...black, closedAt: '2026-11-23T12:10:00' };
  shows(
    { ...closed, closing: 'recovered' },
    { ...closed, id: 8, closing: 'resolved', closedBy: 'anna' },
  );
  open('/alerts?state=closed');
  const [first, second] = await screen.findAllByRole('article');
  expect(first?.textContent).toContain('Von selbst behoben');
  expect(second?.textContent).toContain('Von anna beendet');
  expect(screen.queryByRole('button', { name: 'Zur Kenntnis nehmen' })).toBeNull();
});

test('of a frozen picture it is told since when it is the same, where that is known', async () => {
  const frozen = { ...black, kind: 'screen_frozen' } as const;
  shows({ ...frozen, since: '2026-11-23T08:12:00' }, { ...frozen, id: 8 });
  open();
  const [known, unknown] = await screen.findAllByRole('article');
  expect(known?.textContent).toMatch(/Dasselbe Bild seit 23\.11\.2026, 09:12/);
  expect(unknown?.textContent).toContain('Das Bild bleibt gleich');
});

test('when nothing is open the page says that all is well', async () => {
  shows();
  open();
  await screen.findByRole('heading', { name: 'Alles in Ordnung' });
});

test('a link leads to where alerts are sent on to', async () => {
  shows();
  open();
  const link = await screen.findByRole('link', { name: 'Benachrichtigungen' });
  expect(link.getAttribute('href')).toBe('/settings?tab=notifications');
});

test('every kind has its words and what to do in both languages', () => {
  for (const { alerts } of [de, en]) {
    for (const kind of zAlertKind.options) {
      expect(alerts.kind[kind].title).not.toBe('');
      expect(alerts.kind[kind].advice).not.toBe('');
    }
  }
});
