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
  recurrenceId: null as number | null,
  detachedStart: null as string | null,
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
  const { skipHolidays, recurrenceId } = event;
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
    recurrenceId,
    skipHolidays,
    version,
  };
}

function plan(event: typeof EVENT) {
  answers('get', '/api/events/occurrences', { occurrences: [occurrenceOf(event)] });
  answers('get', '/api/events/7', event);
  answers('get', '/api/events', { events: [] });
}

const NOTHING_ELSE = { showings: [], holidays: [], conflicts: [] };

beforeEach(() => {
  answers('get', '/api/academic_periods', { periods: PERIODS });
  answers('get', '/api/groups', { groups: GROUPS });
  answers('get', '/api/holidays', { holidays: [] });
  answers('get', '/api/eventmedia', { media: [], total: 0 });
  answers('get', '/api/system-settings/defaults', { timezone: 'Europe/Vienna' });
  answers('post', '/api/events/preview', NOTHING_ELSE);
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

const SERIES = { ...EVENT, recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE' };

async function openSeries(choice: 'Nur dieser Termin' | 'Gesamte Serie') {
  const page = open();
  await page.user.click(await screen.findByText('Hausordnung'));
  await page.user.click(await screen.findByRole('button', { name: choice }));
  await screen.findByLabelText(/^Titel/);
  return page;
}

test('only one date of a series is changed as an event of its own', async () => {
  plan(SERIES);
  const sent = answers('post', '/api/events/7/occurrences/2026-11-18/detach', EVENT, 201);
  const { user } = await openSeries('Nur dieser Termin');
  expect(screen.queryByLabelText('Wiederholung')).toBeNull();
  expect(screen.getByText(/Jede Woche am Mittwoch/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ startTime: '2026-11-17T23:30:00.000Z', version: 3 });
  expect(sent[0]).not.toHaveProperty('recurrenceRule');
});

test('a whole series is changed without what it leaves out, which follows on the server', async () => {
  plan({ ...SERIES, skipHolidays: true });
  const sent = answers('put', '/api/events/7', SERIES);
  const { user } = await openSeries('Gesamte Serie');
  expect(screen.getByText(/Änderungen gelten für die gesamte Serie/)).toBeTruthy();
  await user.click(screen.getByRole('switch', { name: 'In den Ferien ausfallen lassen' }));
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE', skipHolidays: false });
  expect(sent[0]).not.toHaveProperty('recurrenceException');
});

test('what of a series is deleted is asked, and each choice names what is lost', async () => {
  plan(SERIES);
  answers('get', '/api/events', { events: [{ ...EVENT, id: 8, recurrenceId: 7 }] });
  const skipped = answers('delete', '/api/events/7/occurrences/2026-11-18', SERIES);
  const { user } = await openSeries('Nur dieser Termin');
  const remove = screen.getByRole('button', { name: 'Löschen' });
  await waitFor(() => expect(remove.matches(':disabled')).toBe(false));
  await user.click(remove);
  const question = within(await screen.findByRole('dialog', { name: /^Was von „Hausordnung“/ }));
  await question.findByRole('button', { name: 'Serie und herausgelöste Termine löschen' });
  expect(question.getByText(/Jede Woche am Mittwoch/)).toBeTruthy();
  await user.click(question.getByRole('button', { name: 'Nur dieser Termin' }));
  await waitFor(() => expect(skipped).toHaveLength(1));
});

test('a date that a series leaves out is taken back in, and what is being typed stays', async () => {
  plan(SERIES);
  answers('get', '/api/events/7/occurrences/skipped', {
    skipped: ['2020-01-01T23:30:00', '2099-11-24T23:30:00'],
  });
  const restored = answers('post', '/api/events/7/occurrences/2099-11-25/restore', {
    ...SERIES,
    version: 4,
  });
  const sent = answers('put', '/api/events/7', SERIES);
  const { user } = await openSeries('Gesamte Serie');
  await user.type(screen.getByLabelText(/^Titel/), ' neu');
  const takeBack = await screen.findByRole('button', { name: /2099: wieder statt/ });
  expect(screen.queryByRole('button', { name: /2020: wieder statt/ })).toBeNull();
  await user.click(takeBack);
  await waitFor(() => expect(restored).toHaveLength(1));
  await screen.findByText(/findet am .* wieder statt/);
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ subject: 'Hausordnung neu', version: 4 });
});

test('a detached event is marked and leads to its series', async () => {
  const detached = { ...EVENT, recurrenceId: 5, detachedStart: '2026-11-17T22:00:00' };
  plan(detached);
  answers('get', '/api/events/5', { ...SERIES, id: 5, subject: 'Die Serie' });
  const { user } = await openEvent();
  screen.getByRole('img', { name: 'Aus einer Serie herausgelöst', hidden: true });
  expect(screen.getByText(/in der er am 17.11.2026, 23:00 begann/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Zur Serie' }));
  expect(await screen.findByDisplayValue('Die Serie')).toBeTruthy();
});

test('the next dates of a series and what else runs are told, and nothing is forbidden', async () => {
  plan(SERIES);
  answers('post', '/api/events/preview', {
    showings: [{ startTime: '2026-12-15T23:30:00', endTime: '2026-12-16T00:30:00' }],
    holidays: ['2026-12-08T23:30:00'],
    conflicts: [
      {
        eventId: 9,
        subject: 'Chor',
        type: 'message',
        startTime: '2026-12-15T23:30:00',
        endTime: '2026-12-16T00:30:00',
        times: 12,
      },
    ],
  });
  await openSeries('Gesamte Serie');
  expect(await screen.findByText('Nächster Termin: Mi., 16.12.2026')).toBeTruthy();
  expect(screen.getByText('Ferien, entfällt: Mi., 09.12.2026')).toBeTruthy();
  expect(screen.getByText('Chor (12-mal, zuerst Mi., 16.12.2026, 00:30–01:30)')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Speichern' }).matches(':disabled')).toBe(false);
});

test('a rule that the form cannot say is told as a sentence and sent back as it is', async () => {
  const rule = 'FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=-1';
  plan({ ...EVENT, recurrenceRule: rule });
  const sent = answers('put', '/api/events/7', SERIES);
  const { user } = await openSeries('Gesamte Serie');
  expect(
    screen.getByText(/an jedem Montag und an jedem Mittwoch – davon nur am letzten/),
  ).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ recurrenceRule: rule });
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

test('a series that is left out in holidays wears a tent', async () => {
  plan({ ...SERIES, skipHolidays: true });
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
