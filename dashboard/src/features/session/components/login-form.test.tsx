import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { LoginForm } from './login-form';

function renderForm() {
  const onDone = vi.fn();
  return { onDone, ...renderPage(() => <LoginForm hint={null} onDone={onDone} />) };
}

async function logIn(user: ReturnType<typeof renderPage>['user']) {
  await user.type(await screen.findByLabelText('Benutzername'), 'anna');
  await user.type(screen.getByLabelText('Passwort'), 'geheim12{Enter}');
}

test('a correct password leads on', async () => {
  const sent = answers('post', '/api/auth/login', {
    user: { id: 1, username: 'anna', role: 'admin' },
  });
  const { user, onDone } = renderForm();
  await logIn(user);
  await vi.waitFor(() => expect(onDone).toHaveBeenCalled());
  expect(sent).toEqual([{ username: 'anna', password: 'geheim12' }]);
});

test('a refusal is told in the words of the server', async () => {
  refuses('post', '/api/auth/login', 401, 'Benutzername oder Passwort ist falsch.');
  const { user, onDone } = renderForm();
  await logIn(user);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toBe('Benutzername oder Passwort ist falsch.');
  expect(onDone).not.toHaveBeenCalled();
});

test('an empty form asks for what is missing and sends nothing', async () => {
  const { user, onDone } = renderForm();
  await user.click(await screen.findByRole('button', { name: 'Anmelden' }));
  screen.getByText('Bitte geben Sie Ihren Benutzernamen ein.');
  screen.getByText('Bitte geben Sie Ihr Passwort ein.');
  expect(onDone).not.toHaveBeenCalled();
});
