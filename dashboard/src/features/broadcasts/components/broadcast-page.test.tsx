import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { broadcastDetail, group } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { broadcastSearch } from '../search';
import { BroadcastPage } from './broadcast-page';

const screenOf = (name: string, status: 'shown' | 'offline' | 'tv_off') => ({
  uuid: `00000000-0000-4000-8000-${name.padStart(12, '0')}`,
  name,
  groupId: 2,
  status,
  shownAt: status === 'shown' ? '2026-11-27T10:00:04' : null,
  lastAlive: '2026-11-27T10:00:10',
});

const running = broadcastDetail({
  id: 7,
  screens: [
    screenOf('Bühne', 'shown'),
    screenOf('Eingang', 'offline'),
    screenOf('Foyer', 'tv_off'),
  ],
  counts: { ...broadcastDetail().counts, shown: 1, offline: 1, tvOff: 1, total: 3, everShown: 1 },
  unreached: 2,
  tellsTvs: false,
});

beforeEach(() => {
  answers('get', '/api/groups', { groups: [group({ id: 2, name: 'Aula' })] });
  answers('get', '/api/broadcasts/7', running);
});

const open = (role: 'admin' | 'user' = 'admin') =>
  renderPage(BroadcastPage, {
    path: '/broadcasts/$broadcastId',
    at: '/broadcasts/7',
    search: broadcastSearch,
    role,
  });

test('the roll-call names every screen, those that do not show the message first', async () => {
  open();
  const table = await screen.findByRole('table', { name: 'Rückmeldungen der Infoscreens' });
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((row) => within(row).getAllByRole('cell')[0]?.textContent)).toEqual([
    'Eingang',
    'Foyer',
    'Bühne',
  ]);
  within(rows[1] as HTMLElement).getByText('Fernseher aus');
  screen.getByRole('heading', { name: '1 von 3 Infoscreens zeigen sie' });
});

test('what the numbers do not tell is said', async () => {
  open();
  await screen.findByText(/2 Infoscreens sind in „Nicht zugeordnet“/);
  screen.getByText(/schaltet keine Fernseher/);
});

test('who may not see the screens themselves sees the roll-call without links', async () => {
  open('user');
  await screen.findByRole('table', { name: 'Rückmeldungen der Infoscreens' });
  expect(screen.queryByRole('link', { name: 'Bühne' })).toBeNull();
});

test('an address that leads nowhere says so', async () => {
  refuses('get', '/api/broadcasts/7', 404, 'Das gibt es nicht (mehr).');
  open();
  await screen.findByRole('heading', { name: 'Diese Durchsage gibt es nicht' });
});
