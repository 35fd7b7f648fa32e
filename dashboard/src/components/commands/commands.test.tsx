import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { CommandDetail } from '@/api/types';
import { clientStatus, command } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { CommandMenu } from './command-menu';

const stage = clientStatus({ description: 'Bühne' });
const { uuid } = stage;
const begun = command(['queued', 'publish_in_progress', 'published'], { clientUuid: uuid });
const { commandId } = begun;

function goesOn(steps: CommandDetail['status'][], fields: Partial<CommandDetail> = {}) {
  answers('get', `/api/clients/commands/${commandId}`, {
    ...command(steps, { clientUuid: uuid, ...fields }),
    commandId,
  });
}

function accepts(path: string) {
  return answers(
    'post',
    `/api/clients/${uuid}/${path}`,
    { success: true, message: 'Der Befehl ist unterwegs.', command: begun },
    202,
  );
}

beforeEach(() => goesOn(['queued', 'publish_in_progress', 'published']));

function open(role: 'admin' | 'editor' = 'admin', client = stage) {
  return renderPage(() => <CommandMenu client={client} />, { role });
}

async function choose(user: ReturnType<typeof open>['user'], name: string) {
  await user.click(await screen.findByRole('button', { name: 'Aktionen für Bühne' }));
  await user.click(await screen.findByRole('menuitem', { name }));
}

async function restart(user: ReturnType<typeof open>['user']) {
  await choose(user, 'Neustart');
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Neu starten' }));
  return within(await screen.findByRole('article', { name: 'Neustart · Bühne' }));
}

test('who may not command is offered nothing', async () => {
  open('editor');
  await waitFor(() => expect(document.querySelector('section')).toBeNull());
  expect(screen.queryByRole('button', { name: 'Aktionen für Bühne' })).toBeNull();
});

test('a restart is asked for by name, sent with its reason, and followed to its end', async () => {
  const sent = accepts('restart');
  const { user, queryClient } = open();
  await choose(user, 'Neustart');
  const dialog = within(await screen.findByRole('dialog', { name: '„Bühne“ neu starten?' }));
  dialog.getByText(/Der Bildschirm zeigt ein bis zwei Minuten lang nichts/);
  await user.type(dialog.getByLabelText('Grund (freiwillig)'), 'Bild hängt');
  await user.click(dialog.getByRole('button', { name: 'Neu starten' }));
  const toast = within(await screen.findByRole('article', { name: 'Neustart · Bühne' }));
  await toast.findByText('Gesendet, wartet auf das Gerät');
  expect(sent).toEqual([{ reason: 'Bild hängt' }]);

  goesOn(['queued', 'published', 'ack_received', 'execution_started', 'awaiting_reconnect']);
  await queryClient.invalidateQueries();
  const timeline = within(await toast.findByRole('list', { name: 'Verlauf' }));
  const present = await timeline.findByText('Startet neu');
  expect(present.closest('li')?.getAttribute('aria-current')).toBe('step');

  goesOn(['queued', 'published', 'ack_received', 'awaiting_reconnect', 'recovered', 'completed']);
  await queryClient.invalidateQueries();
  await waitFor(() => expect(toast.getAllByText('Abgeschlossen')).toHaveLength(2));
  expect(toast.queryByRole('button', { name: 'Befehl abbrechen' })).toBeNull();
});

test('every step is told to a reader of the screen', async () => {
  accepts('restart');
  const { user, queryClient } = open();
  await restart(user);
  await screen.findByText('Neustart · Bühne: Gesendet, wartet auf das Gerät');
  goesOn(['queued', 'published', 'ack_received']);
  await queryClient.invalidateQueries();
  const news = await screen.findByText('Neustart · Bühne: Vom Gerät angenommen');
  expect(news.getAttribute('role')).toBe('status');
});

test('an app restart needs no question', async () => {
  const sent = accepts('restart_app');
  const { user } = open();
  await choose(user, 'App neu starten');
  await screen.findByRole('article', { name: /Bühne/ });
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a shutdown warns that somebody has to switch the device on again', async () => {
  const sent = accepts('shutdown');
  const { user } = open();
  await choose(user, 'Herunterfahren');
  const dialog = within(await screen.findByRole('dialog', { name: '„Bühne“ herunterfahren?' }));
  dialog.getByText(/meist vor Ort/);
  await user.click(dialog.getByRole('button', { name: 'Abbrechen' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual([]);
});

test('lateness is marked in words, with how long it will be waited', async () => {
  accepts('restart');
  goesOn(['queued', 'published'], { overdueSince: '2026-11-27T10:00:20' });
  const { user, queryClient } = open();
  const toast = await restart(user);
  await queryClient.invalidateQueries();
  await toast.findByText('Gesendet, wartet auf das Gerät · überfällig');
  toast.getByText(/länger als üblich. Gewartet wird bis 11:04:00/);
});

test('an error of the device is told in words, with what it said itself', async () => {
  accepts('restart');
  const failure = { errorCode: 'execution_failed', errorMessage: 'systemctl: exit 1' };
  goesOn(['queued', 'published', 'ack_received', 'failed'], failure);
  const { user, queryClient } = open();
  const toast = await restart(user);
  await queryClient.invalidateQueries();
  await toast.findByText('Das Gerät konnte den Befehl nicht ausführen.');
  toast.getByText('systemctl: exit 1');
});

test('an error code newer than this page is shown as it came', async () => {
  accepts('restart');
  goesOn(['queued', 'published', 'failed'], { errorCode: 'coffee_in_keyboard' });
  const { user, queryClient } = open();
  const toast = await restart(user);
  await queryClient.invalidateQueries();
  await toast.findByText('coffee_in_keyboard');
});

test('the safety lockout says how many, in what time, and until when', async () => {
  const blocked = {
    ...command(['blocked_safety'], { clientUuid: uuid, createdAt: '2026-11-27T10:10:00' }),
    commandId,
  };
  const sentence = 'Sicherheitssperre.';
  answers(
    'post',
    `/api/clients/${uuid}/restart`,
    {
      success: false,
      message: sentence,
      error: sentence,
      code: 'lockout_active',
      command: blocked,
    },
    429,
  );
  answers('get', `/api/clients/commands/${commandId}`, blocked);
  const restartAt = (time: string) =>
    command(['queued', 'completed'], { createdAt: `2026-11-27T${time}` });
  answers('get', `/api/clients/${uuid}/commands`, {
    commands: [blocked, restartAt('10:08:00'), restartAt('10:04:00'), restartAt('10:01:00')],
    total: 4,
    nextCursor: null,
  });
  const { user } = open();
  const toast = await restart(user);
  await toast.findByText('Gesperrt: zu viele Neustarts');
  await toast.findByText(/Höchstens 3 Neustarts in 15 Minuten.* Wieder möglich ab 11:16/);
});

test('a broker that is away leaves a failed command that says so', async () => {
  const failed = {
    ...command(['queued', 'publish_in_progress', 'failed'], {
      clientUuid: uuid,
      errorCode: 'mqtt_publish_failed',
    }),
    commandId,
  };
  const sentence = 'Der MQTT-Broker hat den Befehl nicht bestätigt.';
  answers(
    'post',
    `/api/clients/${uuid}/restart`,
    {
      success: false,
      message: sentence,
      error: sentence,
      code: 'broker_unavailable',
      command: failed,
    },
    503,
  );
  answers('get', `/api/clients/commands/${commandId}`, failed);
  const { user } = open();
  const toast = await restart(user);
  await toast.findByText(/Der Broker war nicht erreichbar/);
});

test('a refusal without a command is told in the toast', async () => {
  refuses('post', `/api/clients/${uuid}/restart`, 503, 'Die Datenbank ist nicht erreichbar.');
  const { user } = open();
  const toast = await restart(user);
  expect((await toast.findByRole('alert')).textContent).toBe('Die Datenbank ist nicht erreichbar.');
});

test('a command is called back while its device has not taken it', async () => {
  accepts('restart');
  const canceled = answers('post', `/api/clients/commands/${commandId}/cancel`, {});
  const { user } = open();
  const toast = await restart(user);
  const cancel = await toast.findByRole('button', { name: 'Befehl abbrechen' });
  goesOn(['queued', 'published', 'canceled'], { errorCode: 'canceled' });
  await user.click(cancel);
  await toast.findByText(/Der Befehl wurde zurückgenommen/);
  expect(canceled).toHaveLength(1);
});

test('only the newest toast is open, and all can be put away', async () => {
  accepts('restart');
  accepts('restart_app');
  const { user } = open();
  const first = await restart(user);
  await first.findByRole('list', { name: 'Verlauf' });
  await choose(user, 'App neu starten');
  await screen.findByText('2 Befehle');
  await waitFor(() => expect(first.queryByRole('list', { name: 'Verlauf' })).toBeNull());
  await user.click(first.getByRole('button', { name: 'Einzelheiten zu Neustart · Bühne' }));
  await first.findByRole('list', { name: 'Verlauf' });
  await user.click(screen.getByRole('button', { name: 'Alle schließen' }));
  expect(screen.queryByRole('region', { name: 'Gegebene Befehle' })).toBeNull();
});

test('power is switched off and on only where there is a switch', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Aktionen für Bühne' }));
  await screen.findByRole('menuitem', { name: 'Neustart' });
  expect(screen.queryByRole('menuitem', { name: 'Strom aus/ein' })).toBeNull();
});

test('a power cycle says what it does, and its stages are those of the power', async () => {
  const sent = accepts('power_cycle');
  goesOn(['queued', 'publish_in_progress', 'published'], { action: 'power_cycle' });
  const { user, queryClient } = open('admin', { ...stage, hasPowerSwitch: true });
  await choose(user, 'Strom aus/ein');
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText(/ohne dass es vorher herunterfährt/);
  await user.click(dialog.getByRole('button', { name: 'Aus- und einschalten' }));
  const toast = within(await screen.findByRole('article', { name: 'Strom aus/ein · Bühne' }));
  await queryClient.invalidateQueries();
  await toast.findByText('Strom ist aus');
  expect(sent).toHaveLength(1);
});
