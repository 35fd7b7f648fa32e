import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { broadcast, broadcastDetail, clientStatus, group, unassigned } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { BroadcastsPage } from './broadcasts-page';

const aula = group({ id: 2, name: 'Aula' });
const mensa = group({ id: 3, name: 'Mensa' });

beforeEach(() => {
  answers('get', '/api/groups', { groups: [unassigned(), aula, mensa] });
  answers('get', '/api/clients/status', {
    clients: [
      clientStatus({ groupId: 2 }),
      clientStatus({ groupId: 3, isAlive: false, status: 'offline' }),
    ],
  });
  answers('get', '/api/broadcasts', { broadcasts: [], total: 0, nextCursor: null });
});

async function open() {
  const page = renderPage(BroadcastsPage, { path: '/broadcasts' });
  await screen.findByRole('textbox', { name: 'Text' });
  return page;
}

test('a message goes out after a question that names the screens and who is offline', async () => {
  const sent = answers('post', '/api/broadcasts', broadcastDetail({ id: 7 }), 201);
  const { user, router } = await open();
  await user.type(screen.getByRole('textbox', { name: 'Text' }), 'Bitte alle in den Hof');
  await user.click(screen.getByRole('button', { name: '30 min' }));
  await user.click(screen.getByRole('button', { name: 'Durchsage zeigen …' }));
  const question = within(await screen.findByRole('dialog'));
  question.getByText(/In der ganzen Schule \(2 Infoscreens\)/);
  question.getByText(/1 Infoscreen ist offline/);
  expect(sent).toEqual([]);
  await user.click(question.getByRole('button', { name: 'Jetzt zeigen' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/broadcasts/7'));
  expect(sent).toEqual([
    {
      message: 'Bitte alle in den Hof',
      severity: 'warning',
      minutes: 30,
      reason: null,
      drill: false,
      all: true,
    },
  ]);
});

test('a drill for some groups names them and is called one', async () => {
  const sent = answers('post', '/api/broadcasts', broadcastDetail({ id: 7 }), 201);
  const { user } = await open();
  await user.click(screen.getByRole('radio', { name: 'Einzelne Gruppen' }));
  await user.click(await screen.findByRole('combobox', { name: 'Raumgruppen' }));
  await user.click(await screen.findByRole('option', { name: 'Aula' }));
  await user.type(screen.getByRole('textbox', { name: 'Text' }), 'Probealarm');
  await user.click(screen.getByRole('switch', { name: /Übung/ }));
  screen.getByText('Übung: Wichtige Durchsage');
  await user.click(screen.getByRole('button', { name: 'Übung beginnen …' }));
  const question = within(await screen.findByRole('dialog'));
  question.getByText(/In „Aula“ \(1 Infoscreen\)/);
  await user.click(question.getByRole('button', { name: 'Übung beginnen' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ groupIds: [2], drill: true });
});

test('an incomplete message is not asked about', async () => {
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Durchsage zeigen …' }));
  screen.getByText('Bitte einen Text eingeben.');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a refusal is told and the text stays', async () => {
  refuses('post', '/api/broadcasts', 503, 'Die Datenbank ist gerade nicht erreichbar.');
  const { user } = await open();
  const text = screen.getByRole('textbox', { name: 'Text' });
  await user.type(text, 'Bitte alle in den Hof');
  await user.click(screen.getByRole('button', { name: 'Durchsage zeigen …' }));
  await user.click(await screen.findByRole('button', { name: 'Jetzt zeigen' }));
  await screen.findByText('Die Datenbank ist gerade nicht erreichbar.');
  expect(text).toHaveProperty('value', 'Bitte alle in den Hof');
});

test('the list tells of each message where it was and how many screens have shown it', async () => {
  const counts = { ...broadcast().counts, shown: 3, offline: 1, total: 4, everShown: 4 };
  answers('get', '/api/broadcasts', {
    broadcasts: [
      broadcast({ message: 'Stromausfall', counts }),
      broadcast({ message: 'Probe', drill: true, all: true, isRunning: false, counts }),
    ],
    total: 2,
    nextCursor: null,
  });
  await open();
  const [running, over] = await screen.findAllByRole('listitem');
  within(running as HTMLElement).getByText('3 von 4 Infoscreens zeigen sie');
  within(running as HTMLElement).getByText(/Aula/);
  within(over as HTMLElement).getByText('4 von 4 Infoscreens haben sie gezeigt');
  within(over as HTMLElement).getByText('Übung · Wichtig');
});

test('a school without groups is told what to do first', async () => {
  answers('get', '/api/groups', { groups: [unassigned()] });
  renderPage(BroadcastsPage, { path: '/broadcasts' });
  await screen.findByRole('heading', { name: 'Noch keine Raumgruppen' });
});
