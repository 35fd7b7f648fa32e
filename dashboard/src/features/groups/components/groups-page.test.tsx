import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { clientStatus, group, unassigned } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { groupsSearch } from '../search';
import { GroupsPage } from './groups-page';

const aula = group({ id: 2, name: 'Aula' });
const mensa = group({ id: 3, name: 'Mensa' });
const fresh = clientStatus({ groupId: 1, hostname: 'neu-1' });
const stage = clientStatus({ groupId: 2, description: 'Bühne' });
const door = clientStatus({ groupId: 2, description: 'Eingang' });

beforeEach(() => {
  answers('get', '/api/groups', { groups: [unassigned(), aula, mensa] });
  answers('get', '/api/clients/status', { clients: [fresh, stage, door] });
});

async function open(at = '/groups') {
  const page = renderPage(GroupsPage, { path: '/groups', search: groupsSearch, at });
  await screen.findByRole('region', { name: 'Aula' });
  return page;
}

const column = (name: string) => within(screen.getByRole('region', { name }));

test('a device moves to another group by its menu', async () => {
  const sent = answers('put', '/api/clients/group', { clients: [], total: 0 });
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Aktionen für neu-1' }));
  answers('get', '/api/clients/status', { clients: [{ ...fresh, groupId: 3 }, stage, door] });
  await user.click(await screen.findByRole('menuitem', { name: 'Mensa' }));
  await waitFor(() => column('Mensa').getByText('neu-1'));
  expect(sent).toEqual([{ clientIds: [fresh.uuid], groupId: 3 }]);
});

test('several ticked devices move together', async () => {
  const sent = answers('put', '/api/clients/group', { clients: [], total: 0 });
  const { user } = await open();
  await user.click(screen.getByRole('checkbox', { name: 'Bühne auswählen' }));
  await user.click(screen.getByRole('checkbox', { name: 'Eingang auswählen' }));
  const bar = within(await screen.findByRole('region', { name: 'Auswahl' }));
  await user.click(bar.getByRole('button', { name: 'Verschieben nach' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Mensa' }));
  await screen.findByText('2 Infoscreens sind jetzt in „Mensa“.');
  expect(sent).toEqual([{ clientIds: [stage.uuid, door.uuid], groupId: 3 }]);
});

test('a refused move goes back and says why', async () => {
  refuses('put', '/api/clients/group', 503, 'Der Broker ist nicht erreichbar.');
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Aktionen für neu-1' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Mensa' }));
  await screen.findByText('Der Broker ist nicht erreichbar.');
  column('Nicht zugeordnet').getByText('neu-1');
});

test('the search in the address keeps only the devices that fit', async () => {
  await open('/groups?q=eing');
  column('Aula').getByText('Eingang');
  expect(column('Aula').queryByText('Bühne')).toBeNull();
  column('Nicht zugeordnet').getByText('Kein Treffer');
});

test('a taken name is told where it was typed', async () => {
  refuses('post', '/api/groups', 409, 'Es gibt schon eine Gruppe „Aula“.');
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Neue Gruppe' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText(/Name/), 'Aula');
  await user.click(dialog.getByRole('button', { name: 'Gruppe anlegen' }));
  await dialog.findByText('Es gibt schon eine Gruppe „Aula“.');
});

test('what was typed stays when someone else changes the group meanwhile', async () => {
  const { user, queryClient } = await open();
  await user.click(screen.getByRole('button', { name: 'Aktionen für die Gruppe Aula' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Bearbeiten' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText(/Name/), ' Süd');
  const changed = { ...aula, name: 'Festsaal', version: 2 };
  answers('get', '/api/groups', { groups: [unassigned(), changed, mensa] });
  await queryClient.invalidateQueries();
  await dialog.findByText(/heißt jetzt „Festsaal“/);
  expect(dialog.getByLabelText(/Name/)).toHaveProperty('value', 'Aula Süd');
  await user.click(dialog.getByRole('button', { name: 'Neuen Stand laden' }));
  expect(dialog.getByLabelText(/Name/)).toHaveProperty('value', 'Festsaal');
});

test('deleting a group names what it holds and asks where that goes', async () => {
  answers('get', '/api/events', { events: [{}, {}, {}] });
  answers('delete', '/api/groups/2', { success: true });
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Aktionen für die Gruppe Aula' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Löschen' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(/2 Infoscreens und 3 Termine/);
  const confirm = dialog.getByRole('button', { name: 'Gruppe löschen' });
  expect(confirm).toHaveProperty('disabled', true);
  await user.click(dialog.getByRole('combobox', { name: /Umziehen nach/ }));
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Mensa']);
  await user.click(screen.getByRole('option', { name: 'Mensa' }));
  answers('get', '/api/groups', { groups: [unassigned(), mensa] });
  await user.click(confirm);
  await screen.findByText('Die Gruppe „Aula“ ist gelöscht.');
});

test('the fixed group cannot be edited or deleted', async () => {
  const { user } = await open();
  await user.click(
    screen.getByRole('button', { name: 'Aktionen für die Gruppe Nicht zugeordnet' }),
  );
  const names = (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
  expect(names).toEqual(['Alle auswählen', 'Neustart', 'App neu starten', 'Herunterfahren']);
});
