import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { period } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, server } from '@/testing/server';
import { eventsSearch } from '../search';
import { EventsPage } from './events-page';

// The person sits in New York; every time on the page is Vienna's all the same.
beforeAll(() => vi.stubEnv('TZ', 'America/New_York'));
afterAll(() => vi.unstubAllEnvs());

const PERIODS = [
  period({ id: 2, name: 'Schuljahr 2025/26', startDate: '2025-09-01', endDate: '2026-07-03' }),
  period({ id: 3, isActive: true }),
];

const GROUPS = [
  { id: 1, name: 'Nicht zugeordnet', isUnassigned: true },
  { id: 4, name: 'Mensa', isUnassigned: false },
];

const EVENT = {
  id: 7,
  subject: 'Hausordnung',
  description: null,
  groupId: 4,
  startTime: '2026-11-17T23:30:00',
  endTime: '2026-11-18T00:30:00',
  type: 'message',
  eventMediaId: null,
  websiteUrl: null,
  messageContent: 'Bitte leise sein.',
  slideshowInterval: 10,
  pageProgress: true,
  autoProgress: true,
  autoplay: true,
  loop: true,
  volume: 0.8,
  muted: false,
  recurrenceRule: null as string | null,
  recurrenceEnd: null,
  recurrenceException: null,
  recurrenceId: null,
  skipHolidays: false,
  academicPeriodId: null,
  isActive: true,
  createdBy: 1,
  createdAt: '2026-11-01T00:00:00',
  updatedBy: null,
  updatedAt: null,
  version: 3,
};

function occurrenceOf(event: typeof EVENT) {
  const { id, groupId, subject, type, startTime, endTime, recurrenceRule, version } = event;
  const { skipHolidays } = event;
  const isRecurring = recurrenceRule !== null;
  return {
    occurrenceId: '7-1',
    eventId: id,
    groupId,
    subject,
    type,
    startTime,
    endTime,
    isRecurring,
    skipHolidays,
    version,
  };
}

function plan(event: typeof EVENT) {
  answers('get', '/api/events/occurrences', { occurrences: [occurrenceOf(event)] });
  answers('get', '/api/events/7', event);
}

beforeEach(() => {
  answers('get', '/api/academic_periods', { periods: PERIODS });
  answers('get', '/api/groups', { groups: GROUPS });
  answers('get', '/api/holidays', { holidays: [] });
  answers('get', '/api/eventmedia', { media: [], total: 0 });
  answers('get', '/api/system-settings/defaults', { timezone: 'Europe/Vienna' });
  plan(EVENT);
});

const open = (role: 'user' | 'editor' | 'admin' = 'editor') =>
  renderPage(EventsPage, {
    path: '/events',
    search: eventsSearch,
    at: '/events?view=week&date=2026-11-18&group=4',
    role,
  });

async function openEvent(role: 'user' | 'editor' = 'editor') {
  const page = open(role);
  await page.user.click(await screen.findByText('Hausordnung'));
  await screen.findByLabelText(/^Titel/);
  return page;
}

test('an event stands under the day and the hour of the school, wherever the browser is', async () => {
  open();
  const entry = await screen.findByTitle(/Hausordnung/);
  expect(entry.title).toContain('00:30–01:30');
  expect(entry.closest('[data-date]')?.getAttribute('data-date')).toBe('2026-11-18');
});

test('the dialog shows the wall clock of the school and saves it in UTC', async () => {
  const sent = answers('put', '/api/events/7', { ...EVENT, subject: 'Neu' });
  const { user } = await openEvent();
  expect(screen.getByLabelText('Beginn, Datum')).toHaveProperty('value', '18.11.2026');
  expect(screen.getByLabelText('Beginn, Stunde')).toHaveProperty('value', '00');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    startTime: '2026-11-17T23:30:00.000Z',
    endTime: '2026-11-18T00:30:00.000Z',
    version: 3,
  });
});

test('a new event is sent with what its type needs', async () => {
  const sent = answers('post', '/api/events', EVENT, 201);
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Neuer Termin' }));
  await user.type(await screen.findByLabelText(/^Titel/), 'Elternabend');
  await user.click(screen.getByLabelText(/^Art/, { selector: 'input' }));
  await user.click(await screen.findByRole('option', { name: 'Website' }));
  await user.type(screen.getByLabelText(/^Adresse der Website/), 'https://schule.example');
  await user.click(screen.getByRole('button', { name: 'Termin anlegen' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    subject: 'Elternabend',
    type: 'website',
    groupId: 4,
    websiteUrl: 'https://schule.example',
    recurrenceRule: null,
    startTime: '2026-11-18T07:00:00.000Z',
  });
});

test('what is missing is said at its field before anything is sent', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Neuer Termin' }));
  await user.click(await screen.findByRole('button', { name: 'Termin anlegen' }));
  expect(await screen.findByText('Bitte geben Sie einen Titel ein.')).toBeTruthy();
});

test('a sentence of the server stands at the field that it is about', async () => {
  server.use(
    http.put('/api/events/7', () =>
      HttpResponse.json(
        {
          error: 'Bitte prüfen Sie die Angaben.',
          code: 'invalid_fields',
          details: { messageContent: 'Der Text ist zu lang.' },
        },
        { status: 422 },
      ),
    ),
  );
  const { user } = await openEvent();
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  const field = await screen.findByLabelText(/^Text der Nachricht/);
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  expect(screen.getByText('Der Text ist zu lang.')).toBeTruthy();
});

test("someone else's change is shown beside what was typed, and can be taken or overwritten", async () => {
  const newer = { ...EVENT, subject: 'Anders', version: 4 };
  const versions: unknown[] = [];
  server.use(
    http.put('/api/events/7', async ({ request }) => {
      const body = (await request.json()) as { version: number; subject: string };
      versions.push([body.version, body.subject]);
      if (body.version === 4) return HttpResponse.json(newer);
      const problem = { error: 'Inzwischen geändert.', code: 'stale_version', details: newer };
      return HttpResponse.json(problem, { status: 409 });
    }),
  );
  const { user } = await openEvent();
  const title = screen.getByLabelText(/^Titel/);
  await user.clear(title);
  await user.type(title, 'Meine Fassung');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText(/Neuer Stand: „Anders“/)).toBeTruthy();
  expect(title).toHaveProperty('value', 'Meine Fassung');
  await user.click(screen.getByRole('button', { name: 'Mit meinen Eingaben überschreiben' }));
  await waitFor(() => expect(versions).toHaveLength(2));
  expect(versions[1]).toEqual([4, 'Meine Fassung']);
});

test('a series says that changes and deletion concern all of it', async () => {
  plan({ ...EVENT, recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE' });
  const { user } = await openEvent();
  expect(screen.getByText(/Änderungen gelten für die gesamte Serie/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Serie löschen' }));
  const question = await screen.findByRole('dialog', { name: 'Gesamte Serie löschen?' });
  expect(within(question).getByText(/Jede Woche am Mittwoch/)).toBeTruthy();
});

test('who may not edit sees the event, but no way to change it', async () => {
  await openEvent('user');
  expect(screen.getByLabelText(/^Titel/).matches(':disabled')).toBe(true);
  expect(screen.queryByRole('button', { name: 'Speichern' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Löschen' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Neuer Termin' })).toBeNull();
});

test('what was typed is not lost by closing without a question', async () => {
  const { user } = await openEvent();
  await user.type(screen.getByLabelText(/^Titel/), ' neu');
  await user.click(screen.getByRole('button', { name: 'Abbrechen' }));
  expect(await screen.findByText('Eingaben verwerfen?')).toBeTruthy();
});

test('an event that is left out in holidays wears a tent', async () => {
  plan({ ...EVENT, skipHolidays: true });
  open();
  await screen.findByTitle(/Hausordnung/);
  screen.getByRole('img', { name: 'Entfällt in den Ferien' });
});

test('picking a period moves to the same day in it, and asks whether to activate it', async () => {
  const sent = answers('post', '/api/academic_periods/2/activate', { period: PERIODS[0] });
  const { user, router } = open('admin');
  await user.click(await screen.findByRole('combobox', { name: 'Periode' }));
  await user.click(await screen.findByRole('option', { name: 'Schuljahr 2025/26' }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ date: '2025-11-18' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Aktivieren' }));
  await screen.findByText('„Schuljahr 2025/26“ ist jetzt aktiv.');
  expect(sent).toHaveLength(1);
});
