import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { group, unassigned } from '@/testing/factories';
import { answers, refuses } from '@/testing/server';
import { App } from './app';

class SilentSource extends EventTarget {
  close() {}
}

const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });

function logInAs(role: string) {
  answers('get', '/api/auth/me', { user: { id: 1, username: 'anna.mueller', role } });
  answers('get', '/api/system-settings/defaults', { timezone: 'Europe/Vienna' });
  answers('get', '/api/groups', { groups: [unassigned(), group({ name: 'Aula' })] });
  answers('get', '/api/clients/status', { clients: [] });
  answers('get', '/api/broadcasts', { broadcasts: [], total: 0, nextCursor: null });
  answers('get', '/api/events/occurrences', { occurrences: [] });
}

function logOut() {
  const sentence = 'Bitte melden Sie sich an.';
  for (const path of ['auth/me', 'system-settings/defaults', 'groups', 'clients/status'])
    refuses('get', `/api/${path}`, 401, sentence);
}

function openAt(address: string) {
  window.history.replaceState(null, '', address);
  render(<App />);
}

async function typeLogin() {
  await user.type(await screen.findByLabelText('Benutzername'), 'anna');
  await user.type(screen.getByLabelText('Passwort'), 'geheim12');
  logInAs('admin');
  await user.click(screen.getByRole('button', { name: 'Anmelden' }));
}

beforeEach(() => {
  vi.stubGlobal('EventSource', SilentSource);
  answers('post', '/api/auth/login', { user: { id: 1, username: 'anna', role: 'admin' } });
});

test('who is not logged in gets to the wanted page by way of the login', async () => {
  logOut();
  openAt('/groups?q=aula');
  await typeLogin();
  await screen.findByRole('heading', { name: 'Infoscreen-Gruppen' });
  expect(window.location.search).toBe('?q=aula');
});

test('a first visit is not told that a session has ended', async () => {
  logOut();
  openAt('/');
  await screen.findByRole('heading', { name: 'Anmelden' });
  expect(screen.queryByText(/Sitzung ist abgelaufen/)).toBeNull();
});

test('a session that ended on the server leads to the login and says so', async () => {
  logInAs('admin');
  openAt('/');
  await screen.findByRole('article', { name: 'Aula' });
  logOut();
  await user.click(screen.getByRole('button', { name: 'Aktualisieren' }));
  await screen.findByText(/Sitzung ist abgelaufen/);
});

test('the login leads nowhere outside of this product', async () => {
  logOut();
  openAt('/login?next=//example.org/steal');
  await typeLogin();
  await screen.findByRole('heading', { name: 'Dashboard' });
});

test('a person who only looks is neither shown the groups nor let in', async () => {
  logInAs('user');
  openAt('/groups');
  await screen.findByRole('heading', { name: 'Dashboard' });
  expect(screen.queryByRole('link', { name: 'Infoscreen-Gruppen' })).toBeNull();
});

test('an address that leads nowhere offers a way back', async () => {
  logInAs('user');
  openAt('/nirgends');
  await user.click(await screen.findByRole('link', { name: 'Zum Dashboard' }));
  await screen.findByRole('heading', { name: 'Dashboard' });
});
