import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { clientStatus, rollout, tally } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { rolloutSearch } from '../search';
import { RolloutPage } from './rollout-page';
import { RolloutsPage } from './rollouts-page';

const stage = clientStatus({ description: 'Bühne' });
const door = clientStatus({ description: 'Eingang' });
const part = { wave: 1, commandId: null, errorCode: null, errorMessage: null };
const halted = rollout(
  { completed: 1, failed: 1, pending: 1 },
  {
    id: 7,
    state: 'halted',
    halt: { code: 'too_many_failures', params: {}, message: 'Mehr als 5 % sind fehlgeschlagen.' },
    waves: [
      { ...tally({ completed: 1, failed: 1 }), number: 1, isCanary: false, state: 'present' },
      { ...tally({ pending: 1 }), number: 2, isCanary: false, state: 'ahead' },
    ],
    targets: [
      { ...part, clientUuid: stage.uuid, outcome: 'completed', status: 'completed' },
      {
        ...part,
        clientUuid: door.uuid,
        outcome: 'failed',
        status: 'failed',
        errorCode: 'execution_failed',
      },
      { ...part, clientUuid: 'weg', outcome: 'pending', status: null, wave: 2 },
    ],
  },
);

beforeEach(() => {
  answers('get', '/api/clients/status', { clients: [stage, door] });
  answers('get', '/api/rollouts/7', halted);
});

async function open() {
  const path = '/rollouts/$rolloutId';
  const page = renderPage(RolloutPage, { path, search: rolloutSearch, at: '/rollouts/7' });
  await screen.findByRole('heading', { level: 1 });
  return page;
}

test('the list tells what became of every device, the worst first and in words', async () => {
  await open();
  const [, first, second, third] = await screen.findAllByRole('row');
  within(first as HTMLElement).getByText('Das Gerät konnte den Befehl nicht ausführen.');
  within(first as HTMLElement).getByRole('link', { name: 'Eingang' });
  within(second as HTMLElement).getByText('Gelöschter Infoscreen');
  within(third as HTMLElement).getByText('Abgeschlossen');
});

test('a halt stands above all, with its reason and the ways on', async () => {
  await open();
  expect(screen.getByRole('alert').textContent).toContain('Mehr als 5 % sind fehlgeschlagen.');
  screen.getByRole('button', { name: 'Fortsetzen' });
  screen.getByRole('button', { name: 'Beenden' });
});

test('each wave tells how it did', async () => {
  await open();
  const waves = within(screen.getByRole('region', { name: 'Wellen' }));
  waves.getByText('50 % fehlgeschlagen oder ohne Rückmeldung');
  waves.getByText('steht noch aus');
});

test('an address that leads to no rollout says so', async () => {
  refuses('get', '/api/rollouts/7', 404, 'Das gibt es nicht (mehr).');
  await open();
  await screen.findByText('Diesen Sammelbefehl gibt es nicht');
});

test('all rollouts are listed with their state', async () => {
  answers('get', '/api/rollouts', { rollouts: [halted], total: 1, nextCursor: null });
  renderPage(RolloutsPage, { path: '/rollouts' });
  const link = await screen.findByRole('link', { name: 'Neustart · 3 Infoscreens' });
  expect(link.getAttribute('href')).toBe('/rollouts/7');
  screen.getByText('Von selbst angehalten');
});

test('without a rollout the page says how to begin one', async () => {
  answers('get', '/api/rollouts', { rollouts: [], total: 0, nextCursor: null });
  renderPage(RolloutsPage, { path: '/rollouts' });
  await screen.findByText('Noch keine Sammelbefehle');
});
