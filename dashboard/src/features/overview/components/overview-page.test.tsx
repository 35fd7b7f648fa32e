import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { broadcast, clientStatus, group, occurrence, unassigned } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { overviewSearch } from '../search';
import { OverviewPage } from './overview-page';

const MINUTE = 60_000;
const inMinutes = (n: number) => new Date(Date.now() + n * MINUTE).toISOString().slice(0, 19);

const aula = group({ id: 2, name: 'Aula' });
const mensa = group({ id: 3, name: 'Mensa' });

beforeEach(() => {
  answers('get', '/api/system-settings/defaults', {});
  answers('get', '/api/academic_periods', { periods: [] });
  answers('get', '/api/holidays', { holidays: [] });
  answers('get', '/api/broadcasts', { broadcasts: [], total: 0, nextCursor: null });
  answers('get', '/api/groups', { groups: [unassigned(), aula, mensa] });
  answers('get', '/api/clients/status', {
    clients: [
      clientStatus({ groupId: 2, description: 'Aula Bühne', lastAlive: inMinutes(-3) }),
      clientStatus({ groupId: 3, isAlive: false, status: 'offline' }),
    ],
  });
  answers('get', '/api/events/occurrences', {
    occurrences: [
      occurrence({
        groupId: 2,
        subject: 'Tag der offenen Tür',
        startTime: inMinutes(-30),
        endTime: inMinutes(30),
      }),
      occurrence({ groupId: 2, subject: 'Chor', startTime: inMinutes(40), endTime: inMinutes(50) }),
    ],
  });
});

const open = (at = '/', role: 'admin' | 'editor' = 'admin') =>
  renderPage(OverviewPage, { search: overviewSearch, at, role });

test('a card says what is on now and what comes next', async () => {
  open();
  const card = within(await screen.findByRole('article', { name: 'Aula' }));
  card.getByText('Tag der offenen Tür');
  card.getByText('Chor');
});

test('the unassigned devices come last', async () => {
  open();
  await screen.findByRole('article', { name: 'Aula' });
  const names = screen.getAllByRole('article').map((card) => card.getAttribute('aria-label'));
  expect(names).toEqual(['Aula', 'Mensa', 'Nicht zugeordnet']);
});

test('a card opens to its devices with their last sign of life', async () => {
  const { user } = open();
  const card = within(await screen.findByRole('article', { name: 'Aula' }));
  await user.click(card.getByRole('button', { name: /1 Infoscreen/ }));
  card.getByText('Aula Bühne');
  card.getByText('vor 3 Min.');
});

test('the filter in the address shows only the groups with a silent device', async () => {
  open('/?show=offline');
  await screen.findByRole('article', { name: 'Mensa' });
  expect(screen.queryByRole('article', { name: 'Aula' })).toBeNull();
});

test('a manual refresh that failed is not called a success', async () => {
  const { user } = open();
  await screen.findByRole('article', { name: 'Aula' });
  refuses('get', '/api/clients/status', 503, 'Die Datenbank ist nicht erreichbar.');
  await user.click(screen.getByRole('button', { name: 'Aktualisieren' }));
  await screen.findByText('Die Datenbank ist nicht erreichbar.');
  expect(screen.queryByText(/auf dem Stand von/)).toBeNull();
  screen.getByRole('article', { name: 'Aula' });
});

test('a failure is told with a way to try again', async () => {
  refuses('get', '/api/groups', 503, 'Die Datenbank ist nicht erreichbar.');
  const { user } = open();
  expect((await screen.findByRole('alert')).textContent).toContain(
    'Die Datenbank ist nicht erreichbar.',
  );
  answers('get', '/api/groups', { groups: [unassigned(), aula] });
  await user.click(screen.getByRole('button', { name: 'Erneut versuchen' }));
  await screen.findByRole('article', { name: 'Aula' });
});

test('a device is restarted from its row by an administrator, and by nobody below', async () => {
  const { user } = open();
  const card = within(await screen.findByRole('article', { name: 'Aula' }));
  await user.click(card.getByRole('button', { name: /1 Infoscreen/ }));
  await user.click(await card.findByRole('button', { name: 'Aktionen für Aula Bühne' }));
  await user.click(await card.findByRole('menuitem', { name: 'Neustart' }));
  await screen.findByRole('dialog', { name: '„Aula Bühne“ neu starten?' });
});

test('who may not command a device sees how it is, and no commands', async () => {
  const { user } = open('/', 'editor');
  const card = within(await screen.findByRole('article', { name: 'Aula' }));
  await user.click(card.getByRole('button', { name: /1 Infoscreen/ }));
  card.getByText('Aula Bühne');
  expect(card.queryByRole('button', { name: /Aktionen/ })).toBeNull();
});

test('a held group says that nothing is shown and can be released', async () => {
  answers('get', '/api/groups', { groups: [{ ...aula, pausedAt: '2026-11-27T09:00:00' }] });
  const sent = answers('post', '/api/groups/2/resume', aula);
  const { user } = open();
  const card = within(await screen.findByRole('article', { name: 'Aula' }));
  card.getByText('Angehalten');
  card.getByText('Angehalten, nichts wird gezeigt');
  expect(card.queryByText('Tag der offenen Tür')).toBeNull();
  await user.click(card.getByRole('button', { name: 'Befehle für Aula' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Gruppe freigeben' }));
  await screen.findByText(/„Aula“ ist freigegeben/);
  expect(sent).toHaveLength(1);
});

test('a group is held after a question that says what follows', async () => {
  const sent = answers('post', '/api/groups/2/pause', aula);
  const { user } = open();
  const card = within(await screen.findByRole('article', { name: 'Aula' }));
  await user.click(card.getByRole('button', { name: 'Befehle für Aula' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Gruppe anhalten …' }));
  expect(sent).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'Gruppe anhalten' }));
  await screen.findByText('Die Gruppe „Aula“ ist angehalten.');
  expect(sent).toHaveLength(1);
});

test('an emergency message is what a card shows instead of the plan', async () => {
  answers('get', '/api/broadcasts', {
    broadcasts: [broadcast({ groupIds: [2], message: 'In den Hof', endsAt: inMinutes(5) })],
    total: 1,
    nextCursor: null,
  });
  open();
  const card = within(await screen.findByRole('article', { name: 'Aula' }));
  await card.findByText('In den Hof');
  expect(card.queryByText('Tag der offenen Tür')).toBeNull();
});
