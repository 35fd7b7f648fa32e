import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { client } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { PowerCard } from './power-card';

const device = client({ description: 'Bühne' });
const address = `/api/clients/${device.uuid}/power-switch`;
const shelly = {
  driver: 'shelly_http',
  address: '10.0.9.17',
  outlet: '0',
  offSeconds: 10,
  username: null,
  topic: null,
  tls: false,
  caCertificate: null,
  authProtocol: null,
  privacyProtocol: null,
  hasSecret: true,
  hasPrivacySecret: false,
  updatedAt: '2026-11-27T10:00:00',
};

beforeEach(() => {
  refuses('get', address, 404, 'Das gibt es nicht (mehr).');
});

async function open() {
  const page = renderPage(() => <PowerCard client={device} />);
  await screen.findByRole('region', { name: 'Schaltbare Stromversorgung' });
  return page;
}

async function setUp() {
  const page = await open();
  await page.user.click(await screen.findByRole('button', { name: 'Einrichten' }));
  const dialog = within(await screen.findByRole('dialog'));
  return { ...page, dialog };
}

async function choose(user: Awaited<ReturnType<typeof setUp>>['user'], kind: string) {
  await user.click(within(screen.getByRole('dialog')).getByRole('combobox', { name: 'Art' }));
  await user.click(await screen.findByRole('option', { name: kind }));
}

test('a plug is set up with what its kind needs and nothing else', async () => {
  const sent = answers('put', address, shelly);
  const { user, dialog } = await setUp();
  await user.type(dialog.getByLabelText('Adresse der Steckdose'), '10.0.9.17');
  await user.type(dialog.getByLabelText('Passwort'), 'geheim');
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await screen.findByText('10.0.9.17');
  expect(sent).toEqual([
    {
      driver: 'shelly_http',
      address: '10.0.9.17',
      outlet: '0',
      offSeconds: 10,
      username: null,
      secret: 'geheim',
    },
  ]);
});

test('a plug on MQTT asks for its topic, a PoE port for the protocols of SNMPv3', async () => {
  const { user, dialog } = await setUp();
  await choose(user, 'Tasmota über MQTT');
  dialog.getByLabelText('MQTT-Topic des Geräts');
  expect(dialog.getByLabelText('Ausgang')).toHaveProperty('value', '1');
  await choose(user, 'PoE-Port über SNMP');
  expect(dialog.queryByLabelText('MQTT-Topic des Geräts')).toBeNull();
  dialog.getByLabelText('Community');
  await user.type(dialog.getByLabelText('Benutzername'), 'infoscreen');
  dialog.getByRole('combobox', { name: 'Anmeldung mit' });
  dialog.getByLabelText('Passwort der Verschlüsselung');
});

test('a mistake stands at its field, in the words of the server', async () => {
  const details = { address: 'Das muss ein Name oder eine IP-Adresse sein.' };
  answers(
    'put',
    address,
    { error: 'Einige Angaben stimmen nicht.', code: 'invalid_fields', details },
    422,
  );
  const { user, dialog } = await setUp();
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await dialog.findByText('Das muss ein Name oder eine IP-Adresse sein.');
});

test('a stored password is kept unless a new one is typed', async () => {
  answers('get', address, shelly);
  const sent = answers('put', address, shelly);
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Ändern' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByLabelText('Passwort')).toHaveProperty('value', '');
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await screen.findByText(/ist gespeichert/);
  expect(sent[0]).not.toHaveProperty('secret');
});

test('the state is asked of the switch, and a failure told in the words of the server', async () => {
  answers('get', address, shelly);
  answers('get', `${address}/state`, { isOn: true });
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Zustand prüfen' }));
  await screen.findByText('Der Strom von „Bühne“ ist ein.');
  refuses('get', `${address}/state`, 502, 'Diesen Ausgang gibt es nicht.');
  await user.click(screen.getByRole('button', { name: 'Zustand prüfen' }));
  await screen.findByText('Diesen Ausgang gibt es nicht.');
});

test('it is forgotten after a question', async () => {
  answers('get', address, shelly);
  const removed = answers('delete', address, { success: true });
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Entfernen' }));
  const question = within(await screen.findByRole('dialog'));
  refuses('get', address, 404, 'Das gibt es nicht (mehr).');
  await user.click(question.getByRole('button', { name: 'Entfernen' }));
  await screen.findByRole('button', { name: 'Einrichten' });
  expect(removed).toHaveLength(1);
});
