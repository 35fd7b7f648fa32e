import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { broadcast, broadcastDetail } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers } from '@/testing/server';
import { BroadcastBars } from './broadcast-bar';

const counts = { ...broadcast().counts, shown: 3, total: 4 };

const open = (drill: boolean, role: 'admin' | 'user' = 'admin') => {
  answers('get', '/api/broadcasts', {
    broadcasts: [broadcast({ id: 7, message: 'In den Hof', drill, counts })],
    total: 1,
    nextCursor: null,
  });
  return renderPage(BroadcastBars, { role });
};

test('while a message lasts the bar says what, until when and how many show it', async () => {
  open(false);
  await screen.findByText('Durchsage bis 11:15');
  screen.getByText('In den Hof');
  screen.getByText('3 von 4 Infoscreens zeigen sie');
  screen.getByRole('link', { name: 'Rückmeldungen' });
  screen.getByRole('button', { name: 'Beenden' });
});

test('a drill is marked, and who may not end it has no button', async () => {
  open(true, 'user');
  await screen.findByText('Übung: Durchsage bis 11:15');
  expect(screen.queryByRole('button', { name: 'Beenden' })).toBeNull();
});

test('it is ended after a question', async () => {
  const sent = answers('post', '/api/broadcasts/7/end', broadcastDetail({ isRunning: false }));
  const { user } = open(false);
  await user.click(await screen.findByRole('button', { name: 'Beenden' }));
  expect(sent).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'Jetzt beenden' }));
  await screen.findByText('Die Durchsage ist beendet.');
  await waitFor(() => expect(sent).toHaveLength(1));
});
