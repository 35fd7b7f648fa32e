import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ChannelAnswer } from '@/api/generated/types.gen';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { settingsSearch } from '../search';
import { SettingsPage } from './settings-page';

const ADDRESS = '/api/alerts/channels';

const mail: ChannelAnswer = {
  id: 4,
  name: 'IT-Betreuung',
  kind: 'mail',
  mail: {
    host: 'mail.schule.example',
    port: 587,
    security: 'starttls',
    username: 'infoscreen',
    hasPassword: true,
    sender: 'infoscreen@schule.example',
    recipients: ['it@schule.example'],
  },
  webhook: null,
  apprise: null,
  isActive: true,
  kinds: ['screen_black'],
  leastSeverity: 'warning',
  tellsClosed: true,
  quietMinutes: 60,
  language: 'de',
  lastSentAt: null,
  failedAt: null,
  failure: null,
  failureText: null,
};

const chat: ChannelAnswer = {
  ...mail,
  id: 5,
  name: 'Chat',
  kind: 'webhook',
  mail: null,
  webhook: { address: 'https://chat.example…', hasSecret: true },
  kinds: [],
  leastSeverity: 'critical',
};

const sentMail = {
  id: 4,
  name: 'IT-Betreuung',
  kind: 'mail',
  mail: {
    host: 'mail.schule.example',
    port: 587,
    security: 'starttls',
    username: 'infoscreen',
    sender: 'infoscreen@schule.example',
    recipients: ['it@schule.example'],
  },
  isActive: true,
  kinds: ['screen_black'],
  leastSeverity: 'warning',
  tellsClosed: true,
  quietMinutes: 60,
  language: 'de',
};

const shows = (version: string, ...channels: ChannelAnswer[]) =>
  answers('get', ADDRESS, { channels, version });

const saves = (...channels: ChannelAnswer[]) =>
  answers('put', ADDRESS, { channels, version: 'after' });

const open = (role: 'user' | 'admin' = 'admin') =>
  renderPage(SettingsPage, {
    path: '/settings',
    search: settingsSearch,
    at: '/settings?tab=notifications',
    role,
  });

const row = async (name: string) => within(await screen.findByRole('listitem', { name }));

async function edit(name: string) {
  const { user } = open();
  await user.click((await row(name)).getByRole('button', { name: `${name} bearbeiten` }));
  return { user, dialog: within(await screen.findByRole('dialog')) };
}

const refusesFields = (method: 'put' | 'post', path: string, details: Record<string, string>) =>
  answers(
    method,
    path,
    { error: 'Einige Angaben stimmen nicht.', code: 'invalid_fields', details },
    422,
  );

test('the tab is for administrators, also by its address', async () => {
  answers('get', '/api/academic_periods', { periods: [] });
  answers('get', '/api/holidays', { holidays: [] });
  open('user');
  await screen.findByText('Noch keine Perioden');
  expect(screen.queryByRole('tab', { name: 'Benachrichtigungen' })).toBeNull();
});

test('without a channel the page says that nobody is told, and sets one up', async () => {
  shows('v1');
  const sent = saves(chat);
  const { user } = open();
  await screen.findByRole('heading', { name: 'Noch wird niemand benachrichtigt' });
  await user.click(screen.getByRole('button', { name: 'Kanal einrichten' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Chat');
  await user.click(dialog.getByRole('radio', { name: 'Webhook' }));
  await user.type(dialog.getByRole('textbox', { name: 'Adresse' }), 'https://chat.example/x');
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await screen.findByText('„Chat“ ist gespeichert.');
  await row('Chat');
  expect(sent).toMatchObject([
    {
      version: 'v1',
      channels: [
        { id: null, name: 'Chat', kind: 'webhook', webhook: { url: 'https://chat.example/x' } },
      ],
    },
  ]);
});

test('a channel says whereto, of what and how its last message went', async () => {
  shows('v1', {
    ...mail,
    failure: 'login_refused',
    failedAt: '2026-11-26T10:00:00',
    failureText: 'Die Anmeldung wurde abgelehnt.',
  });
  open();
  const item = await screen.findByRole('listitem', { name: 'IT-Betreuung' });
  expect(item.textContent).toContain('Mail: it@schule.example');
  expect(item.textContent).toContain('Bildschirm schwarz · Deutsch · 60 Minuten Ruhezeit');
  expect(item.textContent).toContain('Die Anmeldung wurde abgelehnt.');
});

test('one is switched off, and the others are left as they are, without a secret', async () => {
  shows('v1', mail, chat);
  const sent = saves(mail, { ...chat, isActive: false });
  const { user } = open();
  await user.click((await row('Chat')).getByRole('switch', { name: 'Chat eingeschaltet' }));
  await (await row('Chat')).findByText('Ausgeschaltet');
  expect(sent).toMatchObject([
    { version: 'v1', channels: [sentMail, { id: 5, webhook: {}, isActive: false }] },
  ]);
  expect(JSON.stringify(sent)).not.toMatch(/password|secret|url/);
});

test('a stored secret for the signature is removed when that is asked for', async () => {
  shows('v1', chat);
  const sent = saves({ ...chat, webhook: { address: 'https://chat.example…', hasSecret: false } });
  const { user, dialog } = await edit('Chat');
  await user.click(dialog.getByLabelText(/Gespeichertes Geheimnis entfernen/));
  expect(dialog.getByLabelText('Geheimnis für die Signatur')).toHaveProperty('disabled', true);
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent).toMatchObject([{ channels: [{ id: 5, webhook: { secret: null } }] }]);
});

test('a stored password is not shown, and kept unless a new one is typed', async () => {
  shows('v1', mail);
  const sent = saves(mail);
  const { user, dialog } = await edit('IT-Betreuung');
  expect(dialog.getByLabelText('Passwort')).toHaveProperty('value', '');
  dialog.getByText('Ist gespeichert. Leer lassen, um es zu behalten.');
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await screen.findByText('„IT-Betreuung“ ist gespeichert.');
  expect(sent).toEqual([{ version: 'v1', channels: [sentMail] }]);
});

test('for another server the stored password is asked for again', async () => {
  shows('v1', mail);
  const { user, dialog } = await edit('IT-Betreuung');
  await user.type(dialog.getByRole('textbox', { name: 'Mailserver' }), '.at');
  dialog.getByText(/gilt nur für den bisherigen Server/);
});

test('it is removed after a question', async () => {
  shows('v1', mail, chat);
  const sent = saves(mail);
  const { user } = open();
  await user.click((await row('Chat')).getByRole('button', { name: 'Chat entfernen' }));
  const question = within(await screen.findByRole('dialog'));
  expect(sent).toHaveLength(0);
  await user.click(question.getByRole('button', { name: 'Kanal entfernen' }));
  await waitFor(() => expect(screen.queryByRole('listitem', { name: 'Chat' })).toBeNull());
  expect(sent).toEqual([{ version: 'v1', channels: [sentMail] }]);
});

test('a test says in words what came of it, at the channel where it was asked for', async () => {
  shows('v1', mail, chat);
  const message = 'Der Server ist unter dieser Adresse nicht erreichbar.';
  const sent = answers('post', `${ADDRESS}/test`, {
    success: false,
    failure: 'unreachable',
    message,
  });
  const { user } = open();
  const item = await row('IT-Betreuung');
  await user.click(item.getByRole('button', { name: /Probenachricht/ }));
  await item.findByText(message);
  expect((await row('Chat')).queryByText(message)).toBeNull();
  expect(sent).toEqual([{ channel: sentMail }]);
});

test('what is typed is tried before it is saved, and a mistake stands at its field', async () => {
  shows('v1', mail);
  const { user, dialog } = await edit('IT-Betreuung');
  refusesFields('post', `${ADDRESS}/test`, { 'channel.mail.sender': 'Das ist keine Adresse.' });
  const button = dialog.getByRole('button', { name: 'Probenachricht senden' });
  await user.click(button);
  await dialog.findByText('Das ist keine Adresse.');
  const message = 'Die Probenachricht wurde angenommen.';
  const sent = answers('post', `${ADDRESS}/test`, { success: true, failure: null, message });
  await user.type(dialog.getByLabelText('Passwort'), 'geheim');
  await user.click(button);
  await dialog.findByText(message);
  expect(sent).toMatchObject([{ channel: { id: 4, mail: { password: 'geheim' } } }]);
});

test('mistakes stand at their fields in the words of the server, those of recipients with whom', async () => {
  shows('v1', chat, mail);
  refusesFields('put', ADDRESS, {
    'channels.1.name': 'Das ist zu kurz.',
    'channels.1.mail.recipients.0': 'Dieser Wert hat die falsche Form.',
    'channels.0.url': 'Diese Angabe fehlt.',
  });
  const { user, dialog } = await edit('IT-Betreuung');
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await dialog.findByText('Das ist zu kurz.');
  dialog.getByText('it@schule.example: Dieser Wert hat die falsche Form.');
  dialog.getByText(/Der Kanal „Chat“ lässt sich so nicht speichern: Diese Angabe fehlt./);
});

test('after a change by somebody else what was typed stays, and is saved over the new state', async () => {
  shows('v1', mail);
  refuses('put', ADDRESS, 409, 'Inzwischen geändert.');
  const { user, dialog } = await edit('IT-Betreuung');
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await user.type(name, ' und Haustechnik');
  shows('v2', { ...mail, name: 'IT' }, chat);
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await dialog.findByText(/Jemand anderes hat die Benachrichtigungen inzwischen geändert/);
  expect(name).toHaveProperty('value', 'IT-Betreuung und Haustechnik');
  const sent = saves(mail, chat);
  await row('Chat');
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await screen.findByText(/ist gespeichert/);
  expect(sent).toMatchObject([
    { version: 'v2', channels: [{ id: 5 }, { id: 4, name: 'IT-Betreuung und Haustechnik' }] },
  ]);
});

test('the state that somebody else saved can be loaded in place of what was typed', async () => {
  shows('v1', mail);
  refuses('put', ADDRESS, 409, 'Inzwischen geändert.');
  const { user, dialog } = await edit('IT-Betreuung');
  shows('v2', { ...mail, name: 'IT' });
  await user.click(dialog.getByRole('button', { name: 'Speichern' }));
  await user.click(await dialog.findByRole('button', { name: 'Neuen Stand laden' }));
  await waitFor(() =>
    expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'IT'),
  );
});
