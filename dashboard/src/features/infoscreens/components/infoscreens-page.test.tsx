import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { client, clientStatus, group, unassigned } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { infoscreensSearch } from '../search';
import { InfoscreensPage } from './infoscreens-page';

const aula = group({ id: 2, name: 'Aula' });
const mensa = group({ id: 3, name: 'Mensa' });
const stage = clientStatus({ groupId: 2, description: 'Aula 10', ip: '10.0.3.10' });
const door = clientStatus({ groupId: 2, description: 'Aula 9', status: 'offline', isAlive: false });
const canteen = clientStatus({
  groupId: 3,
  description: 'Mensa',
  status: 'warning',
  warnings: ['screen_frozen', 'reconnects'],
});

beforeEach(() => {
  answers('get', '/api/groups', { groups: [unassigned(), aula, mensa] });
  answers('get', '/api/clients/status', { clients: [stage, door, canteen] });
  answers('get', '/api/clients', {
    clients: [client({ uuid: stage.uuid, softwareVersion: '2.0.1' })],
    total: 1,
  });
  answers('get', '/api/enrollments', { enrollments: [] });
});

async function open(at = '/infoscreens') {
  const page = renderPage(InfoscreensPage, { path: '/infoscreens', search: infoscreensSearch, at });
  await screen.findByRole('button', { name: 'Infoscreen anmelden' });
  return page;
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('link').textContent);

test('the list orders names as people do, and by another column at a click', async () => {
  const { user, router } = await open();
  await screen.findByRole('table', { name: 'Infoscreens' });
  expect(names()).toEqual(['Aula 9', 'Aula 10', 'Mensa']);
  await user.click(screen.getByRole('button', { name: 'Status' }));
  await waitFor(() => expect(names()).toEqual(['Aula 9', 'Mensa', 'Aula 10']));
  expect(screen.getByRole('columnheader', { name: 'Status' }).getAttribute('aria-sort')).toBe(
    'ascending',
  );
  expect(router.state.location.search).toEqual({ sort: 'status' });
});

test('filters in the address keep only what fits them, and can be taken back', async () => {
  const { user } = await open('/infoscreens?group=2&status=offline');
  await screen.findByRole('table');
  expect(names()).toEqual(['Aula 9']);
  await user.type(screen.getByRole('searchbox'), 'nirgends');
  await screen.findByText('Kein Infoscreen passt zu diesen Filtern');
  await user.click(screen.getByRole('button', { name: 'Alle Infoscreens zeigen' }));
  await waitFor(() => expect(names()).toHaveLength(3));
});

test('the search finds by address and by software version', async () => {
  const { user } = await open();
  await screen.findByRole('table');
  await user.type(screen.getByRole('searchbox'), '2.0.1');
  await waitFor(() => expect(names()).toEqual(['Aula 10']));
  await user.clear(screen.getByRole('searchbox'));
  await user.type(screen.getByRole('searchbox'), '10.0.3.10');
  await waitFor(() => expect(names()).toEqual(['Aula 10']));
});

test('a row says in words what is wrong', async () => {
  await open();
  const row = within(await screen.findByRole('row', { name: /Mensa/ }));
  row.getByText('Bild bewegt sich nicht + 1 weitere');
});

test('the ticked ones that the filter leaves in sight move together', async () => {
  const sent = answers('put', '/api/clients/group', { clients: [], total: 0 });
  const { user } = await open();
  await user.click(await screen.findByRole('checkbox', { name: 'Alle auswählen' }));
  screen.getByText('3 Infoscreens ausgewählt');
  await user.type(screen.getByRole('searchbox'), 'aula');
  await screen.findByText('2 Infoscreens ausgewählt');
  const bar = within(screen.getByRole('region', { name: 'Auswahl' }));
  await user.click(bar.getByRole('button', { name: 'Verschieben nach' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Mensa' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent).toEqual([{ clientIds: [stage.uuid, door.uuid], groupId: 3 }]);
});

test('without a device the page says how to get one', async () => {
  answers('get', '/api/clients/status', { clients: [] });
  answers('get', '/api/clients', { clients: [], total: 0 });
  await open();
  await screen.findByText('Noch keine Infoscreens');
});

test('a code is shown once, with the command for the device', async () => {
  const sent = answers('post', '/api/enrollments', {
    id: 7,
    code: '4KTH-9MXC-PW3E',
    expiresAt: '2026-11-27T11:00:00',
  });
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Infoscreen anmelden' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Bezeichnung'), 'Aula links');
  await user.click(dialog.getByRole('combobox', { name: 'Gruppe' }));
  await user.click(await screen.findByRole('option', { name: 'Aula' }));
  await user.click(dialog.getByRole('button', { name: 'Code erzeugen' }));
  await dialog.findByText('4KTH-9MXC-PW3E');
  dialog.getByText(`infoscreen-device enroll ${window.location.origin} 4KTH-9MXC-PW3E`);
  dialog.getByText('Gültig bis 27.11.2026, 12:00');
  dialog.getByRole('img', { name: 'QR-Code mit dem Befehl' });
  expect(sent).toEqual([{ description: 'Aula links', groupId: 2, validMinutes: 60 }]);
  await user.click(dialog.getByRole('button', { name: 'Noch ein Code' }));
  expect(dialog.queryByText('4KTH-9MXC-PW3E')).toBeNull();
});

test('an open code is withdrawn by its name', async () => {
  answers('get', '/api/enrollments', {
    enrollments: [
      {
        id: 7,
        description: 'Foyer',
        groupId: 2,
        clientUuid: null,
        createdAt: '2026-11-27T10:00:00',
        expiresAt: '2026-11-27T11:00:00',
      },
    ],
  });
  const withdrawn = answers('delete', '/api/enrollments/7', { success: true });
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Infoscreen anmelden' }));
  await user.click(await screen.findByRole('button', { name: 'Code für Foyer zurückziehen' }));
  await waitFor(() => expect(withdrawn).toHaveLength(1));
});

test('a failure is told with a way to try again', async () => {
  refuses('get', '/api/clients', 503, 'Die Datenbank ist nicht erreichbar.');
  await open();
  await screen.findByText('Die Datenbank ist nicht erreichbar.');
  screen.getByRole('button', { name: 'Erneut versuchen' });
});
