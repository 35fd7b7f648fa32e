import { Menu } from '@mantine/core';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { Rollout } from '@/api/types';
import { clientStatus, group, rollout, unassigned } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { GroupCommandItems } from './group-command-items';
import { SelectionCommandMenu } from './selection-command-menu';

const aula = group({ id: 2, name: 'Aula' });
const mensa = group({ id: 3, name: 'Mensa' });
const stage = clientStatus({ groupId: 2, description: 'Bühne' });
const door = clientStatus({ groupId: 2, description: 'Eingang', isAlive: false });
const canteen = clientStatus({ groupId: 3, description: 'Ausgabe', isAlive: false });
const begun = rollout({ open: 2, pending: 1 });

function goesOn(state: Rollout) {
  answers('get', `/api/rollouts/${begun.id}`, { ...state, id: begun.id });
}

function accepts() {
  const answer = { success: true, message: 'Unterwegs.', rollout: begun, commands: [] };
  return answers('post', '/api/clients/commands/bulk', answer, 202);
}

beforeEach(() => {
  answers('get', '/api/groups', { groups: [unassigned(), aula, mensa] });
  goesOn(begun);
});

const clear = () => {};

function openSelection() {
  return renderPage(() => (
    <SelectionCommandMenu clients={[stage, door, canteen]} onStart={clear} />
  ));
}

function openGroup(clients = [stage, door]) {
  return renderPage(() => (
    <Menu opened>
      <Menu.Target>
        <button type="button">Menü</button>
      </Menu.Target>
      <Menu.Dropdown>
        <GroupCommandItems name="Aula" clients={clients} />
      </Menu.Dropdown>
    </Menu>
  ));
}

type User = ReturnType<typeof openSelection>['user'];

async function askToRestart(user: User) {
  await user.click(await screen.findByRole('button', { name: 'Befehle' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Neustart' }));
  return within(await screen.findByRole('dialog', { name: '3 Infoscreens neu starten?' }));
}

async function restart(user: User) {
  const dialog = await askToRestart(user);
  await user.type(dialog.getByLabelText(/^Grund/), 'Neue Version');
  await user.click(dialog.getByRole('button', { name: 'Neu starten' }));
  return within(await screen.findByRole('article', { name: 'Neustart · 3 Infoscreens' }));
}

test('many devices are named, the silent ones counted, and nothing goes out without a reason', async () => {
  const sent = accepts();
  const { user } = openSelection();
  const dialog = await askToRestart(user);
  dialog.getByText('„Bühne“, „Eingang“ und „Ausgabe“');
  dialog.getByText(/2 davon sind offline/);
  await user.click(dialog.getByRole('button', { name: 'Neu starten' }));
  dialog.getByText('Bitte geben Sie einen Grund an.');
  expect(sent).toEqual([]);
});

test('thirty devices make one toast that counts them, and leads to the list', async () => {
  const sent = accepts();
  const { user, queryClient } = openSelection();
  const toast = await restart(user);
  await toast.findByText('Läuft · 0 von 3');
  toast.getByText('2 laufen');
  toast.getByText('1 wartet');
  expect(sent).toEqual([
    {
      clientIds: [stage.uuid, door.uuid, canteen.uuid],
      action: 'reboot_host',
      reason: 'Neue Version',
      waves: [],
    },
  ]);
  goesOn(rollout({ completed: 2, expired: 1 }, { state: 'completed' }));
  await queryClient.invalidateQueries();
  await toast.findByText('Abgeschlossen · 2 von 3');
  toast.getByText('1 nicht zugestellt');
  expect(toast.getByRole('link', { name: 'Zur Liste' }).getAttribute('href')).toBe(
    `/rollouts/${begun.id}`,
  );
  expect(screen.getAllByRole('article')).toHaveLength(1);
});

test('what was sent out is not called finished while a device is still at it', async () => {
  accepts();
  goesOn(rollout({ completed: 2, open: 1 }, { state: 'completed' }));
  const { user, queryClient } = openSelection();
  const toast = await restart(user);
  await queryClient.invalidateQueries();
  await toast.findByText('Ausgegeben · 2 von 3');
});

test('a few can go first, by their group', async () => {
  const sent = accepts();
  const { user } = openSelection();
  const dialog = await askToRestart(user);
  await user.type(dialog.getByLabelText(/^Grund/), 'Probe');
  await user.click(dialog.getByRole('combobox', { name: 'Ablauf' }));
  await user.click(await screen.findByRole('option', { name: 'Zuerst „Mensa“, dann die übrigen' }));
  await user.click(dialog.getByRole('button', { name: 'Neu starten' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ waves: [{ groupId: 3 }] });
});

test('a rollout that halted by itself says why and can go on', async () => {
  accepts();
  const message = 'Welle 1: 2 von 20 sind fehlgeschlagen.';
  const halt = { code: 'too_many_failures' as const, params: {}, message };
  goesOn(rollout({ completed: 1, failed: 1, pending: 1 }, { state: 'halted', halt }));
  const resumed = answers('post', `/api/rollouts/${begun.id}/resume`, begun);
  const { user, queryClient } = openSelection();
  const toast = await restart(user);
  await queryClient.invalidateQueries();
  await toast.findByText(/Von selbst angehalten/);
  toast.getByText(message);
  await user.click(toast.getByRole('button', { name: 'Fortsetzen' }));
  await waitFor(() => expect(resumed).toHaveLength(1));
});

test('stopping says whom the command will not reach any more', async () => {
  accepts();
  const stopped = answers('post', `/api/rollouts/${begun.id}/stop`, begun);
  const { user } = openSelection();
  const toast = await restart(user);
  await user.click(await toast.findByRole('button', { name: 'Beenden' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Sammelbefehl beenden?' }));
  dialog.getByText(/1 Infoscreen bekommt den Befehl dann nicht mehr/);
  expect(stopped).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Beenden' }));
  await waitFor(() => expect(stopped).toHaveLength(1));
});

test('a broker that is away is told in the toast', async () => {
  refuses('post', '/api/clients/commands/bulk', 503, 'Der Broker ist nicht erreichbar.');
  const { user } = openSelection();
  const toast = await restart(user);
  await toast.findByText('Der Broker ist nicht erreichbar.');
});

test('a whole group, or only its silent ones, is commanded for a reason', async () => {
  const sent = answers('post', `/api/clients/${door.uuid}/restart`, {}, 503);
  const { user } = openGroup();
  await screen.findByText('Ganze Gruppe (2 Infoscreens)');
  screen.getByText('Nur offline (1 Infoscreen)');
  const [whole, silent] = screen.getAllByRole('menuitem', { name: 'Neustart' });
  await user.click(whole as HTMLElement);
  await screen.findByRole('dialog', { name: '2 Infoscreens in „Aula“ neu starten?' });
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(silent as HTMLElement);
  const dialog = within(await screen.findByRole('dialog', { name: '„Eingang“ neu starten?' }));
  await user.click(dialog.getByRole('button', { name: 'Neu starten' }));
  dialog.getByText('Bitte geben Sie einen Grund an.');
  expect(sent).toEqual([]);
});

test('who takes no part is not commanded with its group', async () => {
  const { user } = openGroup([stage, door, clientStatus({ isActive: false })]);
  const [whole] = await screen.findAllByRole('menuitem', { name: 'Neustart' });
  await user.click(whole as HTMLElement);
  await screen.findByRole('dialog', { name: '2 Infoscreens in „Aula“ neu starten?' });
});
