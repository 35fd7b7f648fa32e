import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Showing } from '@/api/use-occurrences';
import { parseApiTime } from '@/lib/time';
import { renderPage } from '@/testing/render-page';
import { answers, refuses } from '@/testing/server';
import { useMoveEvent } from './use-move-event';

const showing = (isRecurring: boolean): Showing => ({
  occurrenceId: '7-1',
  eventId: 7,
  groupId: 4,
  subject: 'Chorprobe',
  type: 'message',
  start: parseApiTime('2026-11-16T07:00:00'),
  end: parseApiTime('2026-11-16T07:50:00'),
  isRecurring,
  recurrenceId: null,
  skipHolidays: false,
  version: 3,
});

/** A day later and an hour later on the wall. */
const TO = { start: parseApiTime('2026-11-17T08:00:00'), end: parseApiTime('2026-11-17T08:50:00') };

function dragged(isRecurring: boolean) {
  const revert = vi.fn();
  function Dragged() {
    const move = useMoveEvent();
    return (
      <button type="button" onClick={() => move({ showing: showing(isRecurring), to: TO, revert })}>
        drop
      </button>
    );
  }
  return { revert, ...renderPage(Dragged) };
}

const SERIES = {
  id: 7,
  startTime: '2026-09-07T06:00:00',
  endTime: '2026-09-07T06:50:00',
  recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO',
  recurrenceEnd: null,
  recurrenceException: null,
  version: 9,
};

test('a single event moves at once, with the version that was seen', async () => {
  const sent = answers('put', '/api/events/7', {});
  const { user } = dragged(false);
  await user.click(await screen.findByText('drop'));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    startTime: '2026-11-17T08:00:00.000Z',
    endTime: '2026-11-17T08:50:00.000Z',
    version: 3,
  });
});

test('a series moves only after a question, as a whole and by the wall clock', async () => {
  answers('get', '/api/events/7', SERIES);
  const sent = answers('put', '/api/events/7', {});
  const { user } = dragged(true);
  await user.click(await screen.findByText('drop'));
  const whole = await screen.findByRole('button', { name: 'Gesamte Serie' });
  expect(sent).toHaveLength(0);
  await user.click(whole);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    startTime: '2026-09-08T07:00:00.000Z',
    endTime: '2026-09-08T07:50:00.000Z',
    recurrenceRule: 'FREQ=WEEKLY;BYDAY=TU',
    recurrenceEnd: null,
    version: 9,
  });
});

test('only this one is detached from its series, with the version that was seen', async () => {
  answers('get', '/api/events/7', SERIES);
  const sent = answers('post', '/api/events/7/occurrences/2026-11-16/detach', {}, 201);
  const { user } = dragged(true);
  await user.click(await screen.findByText('drop'));
  await user.click(await screen.findByRole('button', { name: 'Nur dieser Termin' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    startTime: '2026-11-17T08:00:00.000Z',
    endTime: '2026-11-17T08:50:00.000Z',
    version: 3,
  });
});

test('whoever declines finds the series where it was', async () => {
  answers('get', '/api/events/7', SERIES);
  const { user, revert } = dragged(true);
  await user.click(await screen.findByText('drop'));
  await user.click(await screen.findByRole('button', { name: 'Abbrechen' }));
  await waitFor(() => expect(revert).toHaveBeenCalled());
});

test('closing the question by Escape is declining', async () => {
  answers('get', '/api/events/7', SERIES);
  const { user, revert } = dragged(true);
  await user.click(await screen.findByText('drop'));
  await screen.findByRole('button', { name: 'Gesamte Serie' });
  await user.keyboard('{Escape}');
  await waitFor(() => expect(revert).toHaveBeenCalled());
});

test('a refused move goes back and says why', async () => {
  refuses('put', '/api/events/7', 422, 'Ein Termin dauert höchstens 31 Tage.');
  const { user, revert } = dragged(false);
  await user.click(await screen.findByText('drop'));
  expect(await screen.findByText('Ein Termin dauert höchstens 31 Tage.')).toBeTruthy();
  expect(revert).toHaveBeenCalled();
});

test('a series that is gone goes back and says so', async () => {
  refuses('get', '/api/events/7', 404, 'Das gibt es nicht (mehr).');
  const { user, revert } = dragged(true);
  await user.click(await screen.findByText('drop'));
  expect(await screen.findByText('Das gibt es nicht (mehr).')).toBeTruthy();
  expect(revert).toHaveBeenCalled();
});

test('a series whose rule names fixed days moves only one by one, and it says why', async () => {
  answers('get', '/api/events/7', { ...SERIES, recurrenceRule: 'FREQ=MONTHLY;BYDAY=1MO' });
  const { user } = dragged(true);
  await user.click(await screen.findByText('drop'));
  const whole = await screen.findByRole('button', { name: 'Gesamte Serie' });
  expect(whole.matches(':disabled')).toBe(true);
  expect(screen.getByText(/Ändern Sie die Regel im Dialog/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Nur dieser Termin' }).matches(':disabled')).toBe(
    false,
  );
});
