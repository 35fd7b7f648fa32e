import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import {
  broadcastDetail,
  client,
  clientStatus,
  command,
  group,
  unassigned,
} from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { InfoscreenPage } from './infoscreen-page';

const aula = group({ id: 2, name: 'Aula' });
const mensa = group({ id: 3, name: 'Mensa' });
const status = clientStatus({ groupId: 2, description: 'Bühne' });
const { uuid } = status;
const device = client({ uuid, groupId: 2, description: 'Bühne' });
const account = {
  username: 'infoscreen-client-00000000',
  createdAt: '2026-09-01T08:00:00',
  rotation: null,
};
const noCommands = { commands: [], total: 0, nextCursor: null };
const secrets = {
  username: account.username,
  password: 'only-this-once',
  clientId: account.username,
  host: 'broker.example.org',
  port: 8883,
  tls: true,
  caCertificate: '-----BEGIN CERTIFICATE-----',
  deviceToken: 'token-once',
};

beforeEach(() => {
  answers('get', '/api/groups', { groups: [unassigned(), aula, mensa] });
  answers('get', '/api/clients/status', { clients: [status] });
  answers('get', `/api/clients/${uuid}`, device);
  answers('get', `/api/clients/${uuid}/broker-account`, account);
  answers('get', `/api/clients/${uuid}/commands`, noCommands);
  answers('get', `/api/client-logs/${uuid}/logs`, { logs: [], nextCursor: null });
  answers('get', `/api/clients/${uuid}/history`, { hours: 24, points: [] });
  answers('get', `/api/clients/${uuid}/power`, {
    desiredState: null,
    reason: null,
    intentId: null,
    since: null,
    until: null,
    reported: null,
  });
  answers('get', `/screenshots/${uuid}/history`, { screenshots: [] });
  refuses('get', `/api/clients/${uuid}/power-switch`, 404, 'Das gibt es nicht (mehr).');
});

async function open() {
  const page = renderPage(InfoscreenPage, {
    path: '/infoscreens/$uuid',
    at: `/infoscreens/${uuid}`,
  });
  await screen.findByRole('heading', { level: 1 });
  return page;
}

const section = (name: string) => within(screen.getByRole('region', { name }));

test('the hardware is told in words', async () => {
  await open();
  const hardware = section('Gerät');
  hardware.getByText('Raspberry Pi 5');
  hardware.getByText('Nur per Software (Neustart über das Netzwerk)');
  hardware.getByText('Eingeschaltet');
});

test('a device newer than this page is shown as it describes itself', async () => {
  answers('get', `/api/clients/${uuid}`, { ...device, recoveryClass: 'battery' });
  await open();
  section('Gerät').getByText('battery');
});

test('what is wrong stands in words, and what should be shown beside what is', async () => {
  answers('get', '/api/clients/status', {
    clients: [
      {
        ...status,
        status: 'warning',
        warnings: ['wrong_event'],
        currentEventId: null,
        expectedEventId: 5,
      },
    ],
  });
  answers('get', '/api/events/5', { subject: 'Speiseplan', type: 'website' });
  await open();
  const state = section('Zustand');
  state.getByText('Zeigt nicht den geplanten Termin');
  state.getByText('Nichts');
  await state.findByText('Speiseplan');
});

test('an emergency message that the device shows is named and leads to its roll-call', async () => {
  const shown = broadcastDetail({ id: 7, message: 'In den Hof', drill: true });
  answers('get', '/api/clients/status', {
    clients: [{ ...status, currentEventId: 1_000_000_007, expectedEventId: 1_000_000_007 }],
  });
  answers('get', '/api/broadcasts/7', shown);
  await open();
  await section('Zustand').findByRole('link', { name: 'Übung: In den Hof' });
});

test('description and group are saved together, with the version that was edited', async () => {
  const changed = answers('put', `/api/clients/${uuid}`, {
    ...device,
    description: 'Bühne links',
    version: 2,
  });
  const moved = answers('put', '/api/clients/group', {
    clients: [{ ...device, description: 'Bühne links', groupId: 3, version: 3 }],
    total: 1,
  });
  const { user } = await open();
  const settings = section('Einstellungen');
  await user.type(settings.getByLabelText('Bezeichnung'), ' links');
  await user.click(settings.getByRole('combobox', { name: 'Gruppe' }));
  await user.click(await screen.findByRole('option', { name: 'Mensa' }));
  await user.click(settings.getByRole('button', { name: 'Speichern' }));
  await screen.findByText('„Bühne links“ ist gespeichert.');
  expect(changed).toEqual([{ description: 'Bühne links', isActive: true, version: 1 }]);
  expect(moved).toEqual([{ clientIds: [uuid], groupId: 3 }]);
});

test('what was typed stays when someone else changes the device meanwhile', async () => {
  const { user, queryClient } = await open();
  const settings = section('Einstellungen');
  await user.type(settings.getByLabelText('Bezeichnung'), ' links');
  const elsewhere = { ...device, description: 'Foyer', version: 2 };
  answers('get', `/api/clients/${uuid}`, elsewhere);
  await queryClient.invalidateQueries();
  await settings.findByText(/von jemand anderem geändert/);
  expect(settings.getByLabelText('Bezeichnung')).toHaveProperty('value', 'Bühne links');
  await user.click(settings.getByRole('button', { name: 'Neuen Stand laden' }));
  expect(settings.getByLabelText('Bezeichnung')).toHaveProperty('value', 'Foyer');
});

test('an untouched form follows what someone else changes', async () => {
  const { queryClient } = await open();
  answers('get', `/api/clients/${uuid}`, { ...device, description: 'Foyer', version: 2 });
  await queryClient.invalidateQueries();
  await waitFor(() =>
    expect(section('Einstellungen').getByLabelText('Bezeichnung')).toHaveProperty('value', 'Foyer'),
  );
});

test('a device without an account gets one, and its password is shown once', async () => {
  refuses('get', `/api/clients/${uuid}/broker-account`, 404, 'Das gibt es nicht (mehr).');
  answers('post', `/api/clients/${uuid}/broker-account`, secrets, 201);
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Konto von Hand anlegen' }));
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText('only-this-once');
  expect(dialog.getByRole('textbox', { name: /Zeilen für die Datei/ })).toHaveProperty(
    'value',
    [
      `CLIENT_UUID=${uuid}`,
      `SERVER_URL=${window.location.origin}`,
      'MQTT_BROKER_HOST=broker.example.org',
      'MQTT_BROKER_PORT=8883',
      `MQTT_USER=${account.username}`,
      'MQTT_PASSWORD_BROKER=only-this-once',
      'DEVICE_TOKEN=token-once',
      'MQTT_TLS_ENABLED=true',
      'MQTT_TLS_CA_CERT=/etc/infoscreen/ca.crt',
    ].join('\n'),
  );
  await user.keyboard('{Escape}');
  await user.click(dialog.getByRole('button', { name: 'Ich habe die Daten übertragen' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.queryByText('only-this-once')).toBeNull();
});

test('a renewed password waits for the device, and the page says how far it is', async () => {
  const sent = answers('post', `/api/clients/${uuid}/broker-account/rotate`, {
    ...secrets,
    password: null,
    deviceToken: null,
    rotation: null,
  });
  const { user } = await open();
  const rotate = await screen.findByRole('button', { name: 'Passwort erneuern' });
  answers('get', `/api/clients/${uuid}/broker-account`, {
    ...account,
    rotation: {
      state: 'waiting',
      startedAt: '2026-11-27T10:00:00',
      since: '2026-11-27T10:00:00',
    },
  });
  await user.click(rotate);
  await screen.findByText(/Neues wartet auf das Gerät/);
  expect(sent).toEqual([null]);
});

test('revoking names what happens before it does', async () => {
  const revoked = answers('delete', `/api/clients/${uuid}/broker-account`, { success: true });
  const { user } = await open();
  await user.click(
    await screen.findByRole('button', { name: 'Weitere Aktionen für das Konto von Bühne' }),
  );
  await user.click(await screen.findByRole('menuitem', { name: 'Konto sperren' }));
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText(/innerhalb von zwei Sekunden/);
  expect(revoked).toEqual([]);
  refuses('get', `/api/clients/${uuid}/broker-account`, 404, 'Das gibt es nicht (mehr).');
  await user.click(dialog.getByRole('button', { name: 'Konto sperren' }));
  await screen.findByText('Das Konto von „Bühne“ ist gesperrt.');
  await screen.findByRole('button', { name: 'Mit Code anmelden' });
});

test('a deleted device leads back to the list', async () => {
  answers('delete', `/api/clients/${uuid}`, { success: true });
  const { user, router } = await open();
  await user.click(section('Infoscreen löschen').getByRole('button'));
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText(/mit seinem Konto, seinen Bildern/);
  await user.click(dialog.getByRole('button', { name: 'Infoscreen löschen' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/infoscreens'));
  await screen.findByText('„Bühne“ ist gelöscht.');
});

test('an address of a device that is gone says so', async () => {
  refuses('get', `/api/clients/${uuid}`, 404, 'Das gibt es nicht (mehr).');
  await open();
  await screen.findByText('Diesen Infoscreen gibt es nicht');
});

test('the history of commands opens to a timeline', async () => {
  const past = command(['queued', 'published', 'expired'], {
    clientUuid: uuid,
    errorCode: 'expired',
    reason: 'heartbeat_stale',
    requestedBy: null,
  });
  answers('get', `/api/clients/${uuid}/commands`, {
    commands: [past],
    total: 1,
    nextCursor: null,
  });
  answers('get', `/api/clients/commands/${past.commandId}`, past);
  const { user } = await open();
  const history = section('Befehle');
  await user.click(await history.findByRole('button', { name: /Neustart/ }));
  history.getByText(/27.11.2026, 11:00 · Selbsttätig: kein Lebenszeichen/);
  await history.findByText('Frist ohne Antwort abgelaufen');
  history.getByText(/Ist es eingeschaltet und im Netzwerk/);
});

test('a long history is shown piece by piece', async () => {
  const commands = Array.from({ length: 20 }, () => command(['queued', 'completed']));
  answers('get', `/api/clients/${uuid}/commands`, {
    commands: commands.slice(0, 10),
    total: 20,
    nextCursor: 5,
  });
  const { user } = await open();
  const history = section('Befehle');
  const more = await history.findByRole('button', { name: 'Ältere zeigen' });
  expect(history.getAllByRole('button', { name: /Neustart/ })).toHaveLength(10);
  answers('get', `/api/clients/${uuid}/commands`, { commands, total: 20, nextCursor: null });
  await user.click(more);
  await waitFor(() =>
    expect(history.getAllByRole('button', { name: /Neustart/ })).toHaveLength(20),
  );
  expect(history.queryByRole('button', { name: 'Ältere zeigen' })).toBeNull();
});
