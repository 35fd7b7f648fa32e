import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { Candidate, ClientExplanation, GroupExplanation } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { answers, refuses, server } from '@/testing/server';
import type { Explained } from './use-explanation';
import { WhyButton } from './why-button';

const GROUP = '/api/groups/2/explain';
const CLIENT = '/api/clients/u-1/explain';

const lesson: Candidate = {
  eventId: 7,
  title: 'Speiseplan',
  type: 'presentation',
  startTime: '2026-11-26T07:00:00',
  endTime: '2026-11-26T08:00:00',
  isShown: false,
  sentence: 'Entfällt wegen „Herbstferien“ (Schuljahr 2026/27).',
  findings: [
    { code: 'explain_in_time', holds: true, sentence: 'Läuft von 08:00 bis 09:00.' },
    {
      code: 'a_reason_of_tomorrow',
      holds: false,
      sentence: 'Entfällt wegen „Herbstferien“ (Schuljahr 2026/27).',
    },
  ],
};

function group(fields: Partial<GroupExplanation> = {}): GroupExplanation {
  return {
    groupId: 2,
    groupName: 'Aula',
    at: '2026-11-26T07:30:00',
    sentence: 'In „Aula“ läuft am 26.11.2026 08:30 nichts.',
    shown: [],
    candidates: [lesson],
    leftOut: [],
    next: null,
    tv: { desiredState: 'off', code: 'explain_tv_no_event', sentence: 'Die Fernseher sind aus.' },
    ...fields,
  };
}

function client(fields: Partial<ClientExplanation> = {}): ClientExplanation {
  return {
    uuid: 'u-1',
    group: group(),
    isAlive: false,
    lastAlive: null,
    saysEventId: 9,
    saysTitle: 'Willkommen',
    isAsPlanned: null,
    tvTold: null,
    tvReported: 'off',
    sentence: '',
    sentences: [group().sentence, 'Der Infoscreen hat sich noch nie gemeldet.'],
    ...fields,
  };
}

async function ask(about: Explained) {
  const { user } = renderPage(() => <WhyButton about={about} />);
  await user.click(await screen.findByRole('button', { name: 'Warum? Aula' }));
  const panel = await screen.findByRole('dialog', { name: 'Warum? Aula' });
  return { user, panel: within(panel) };
}

const aula: Explained = { kind: 'group', id: 2, name: 'Aula' };

test('a group answers in a sentence, and each event with the rules that won and lost', async () => {
  answers('get', GROUP, group());
  const { panel } = await ask(aula);
  await panel.findByText('In „Aula“ läuft am 26.11.2026 08:30 nichts.');
  const card = within(panel.getByRole('article', { name: 'Speiseplan' }));
  const [won, lost] = card.getAllByRole('listitem');
  expect(won?.textContent).toBe('Läuft von 08:00 bis 09:00.');
  within(won as HTMLElement).getByRole('img', { name: 'Spricht dafür:' });
  // A reason this page does not know is told by the server's own sentence.
  expect(lost?.textContent).toBe('Entfällt wegen „Herbstferien“ (Schuljahr 2026/27).');
  within(lost as HTMLElement).getByRole('img', { name: 'Spricht dagegen:' });
});

test('a day without events says so and leads to the calendar', async () => {
  answers('get', GROUP, group({ candidates: [] }));
  const { panel } = await ask(aula);
  await panel.findByText('An diesem Tag hat die Raumgruppe keinen Termin.');
  const link = panel.getByRole('link', { name: 'Diesen Tag im Kalender öffnen' });
  expect(link.getAttribute('href')).toBe('/events?view=day&date=2026-11-26&group=2');
});

test('a device tells its life, what it says it shows, and what its TV was told', async () => {
  answers('get', CLIENT, client());
  const { panel } = await ask({ kind: 'client', uuid: 'u-1', name: 'Aula' });
  await panel.findByText('Der Infoscreen hat sich noch nie gemeldet.');
  panel.getByText('Noch kein Lebenszeichen');
  panel.getByText('Willkommen');
  panel.getByText('Noch nichts');
  panel.getByText('Aus');
});

test('another time is asked for on the clock of the school', async () => {
  const asked: (string | null)[] = [];
  server.use(
    http.get(GROUP, ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('at'));
      return HttpResponse.json(group());
    }),
  );
  const { user, panel } = await ask(aula);
  await user.click(await panel.findByRole('radio', { name: 'Anderer Zeitpunkt' }));
  const day = await panel.findByRole('textbox', { name: 'Tag' });
  await user.clear(day);
  await user.type(day, '05.01.2027');
  await user.tab();
  await user.type(panel.getByRole('spinbutton', { name: 'Stunde' }), '13');
  await user.type(panel.getByRole('spinbutton', { name: 'Minute' }), '45');
  await expect.poll(() => asked.at(-1)).toBe('2027-01-05T12:45:00.000Z');
  expect(asked[0]).toBeNull();
});

test('a failure is told with a way to try again', async () => {
  refuses('get', GROUP, 503, 'Die Datenbank ist nicht erreichbar.');
  const { user, panel } = await ask(aula);
  await panel.findByText('Die Datenbank ist nicht erreichbar.');
  answers('get', GROUP, group());
  await user.click(panel.getByRole('button', { name: 'Erneut versuchen' }));
  await panel.findByRole('article', { name: 'Speiseplan' });
});
