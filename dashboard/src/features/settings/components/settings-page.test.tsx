import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { holiday, period } from '@/testing/factories';
import { renderPage } from '@/testing/render-page';
import { answers, refuses, server } from '@/testing/server';
import { settingsSearch } from '../search';
import { SettingsPage } from './settings-page';

const CURRENT = period({ id: 3, isActive: true });
const LAST = period({ id: 2, name: 'Schuljahr 2025/26', startDate: '2025-09-01' });
const CHRISTMAS = holiday({ id: 9, academicPeriodId: 3 });

const UNUSED = { events: [], eventCount: 0, media: [], mediaCount: 0 };

const setting = (key: string, value: string, type = 'flag') => ({
  key,
  value,
  type,
  default: value,
  description: '',
  version: 4,
  updatedAt: null,
  updatedBy: null,
});

beforeEach(() => {
  answers('get', '/api/academic_periods', { periods: [LAST, CURRENT] });
  answers('get', '/api/holidays', { holidays: [CHRISTMAS] });
});

type Role = 'user' | 'admin' | 'superadmin';

function open(at: string, role: Role = 'admin') {
  return renderPage(SettingsPage, { path: '/settings', search: settingsSearch, at, role });
}

const row = (name: string) => within(screen.getByRole('listitem', { name }));

test('tabs are offered by role, and a user sees the calendar without buttons', async () => {
  open('/settings', 'user');
  await screen.findByText('Schuljahr 2026/27');
  expect(screen.getAllByRole('tab')).toHaveLength(1);
  expect(screen.queryByRole('button', { name: 'Neue Periode' })).toBeNull();
  expect(screen.queryByRole('button', { name: /Aktionen/ })).toBeNull();
});

test('the System tab is for superadmins, also by its address', async () => {
  open('/settings?tab=system', 'admin');
  await screen.findByText('Schuljahr 2026/27');
  expect(screen.queryByRole('tab', { name: 'System' })).toBeNull();
});

test('a period is activated after a question', async () => {
  answers('get', '/api/academic_periods/2/usage', {
    ...UNUSED,
    blockers: [],
  });
  const sent = answers('post', '/api/academic_periods/2/activate', { period: LAST });
  const { user } = open('/settings?focus=academic-periods');
  await screen.findByText('Schuljahr 2025/26');
  await user.click(row('Schuljahr 2025/26').getByRole('button', { name: 'Aktivieren' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(await dialog.findByRole('button', { name: 'Aktivieren' }));
  await screen.findByText('„Schuljahr 2025/26“ ist jetzt aktiv.');
  expect(sent).toHaveLength(1);
});

test('what stands in the way of the archive is told, and archiving is not offered', async () => {
  answers('get', '/api/academic_periods/3/usage', {
    ...UNUSED,
    blockers: ['Es ist die aktive Periode.'],
  });
  const { user } = open('/settings?focus=academic-periods');
  await screen.findByText('Schuljahr 2026/27');
  await user.click(row('Schuljahr 2026/27').getByRole('button', { name: /Aktionen/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Archivieren' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('Es ist die aktive Periode.');
  expect(dialog.queryByRole('button', { name: 'Archivieren' })).toBeNull();
});

test('the deep link to holidays shows those of the active period', async () => {
  open('/settings?focus=holidays');
  await screen.findByRole('cell', { name: 'Weihnachtsferien' });
  screen.getByText(/14 Tage/);
});

test('an import reports its numbers and each line that was not taken', async () => {
  const { user } = open('/settings?focus=holidays');
  await screen.findByRole('cell', { name: 'Weihnachtsferien' });
  const conflict = { line: 5, reason: 'Das Ende liegt vor dem Beginn.', code: 'ends_before_start' };
  const result = { inserted: 2, updated: 0, merged: 1, skipped: 0, conflicts: [conflict] };
  // What a form with a file holds cannot be read as JSON.
  server.use(http.post('/api/holidays/upload', () => HttpResponse.json(result)));
  const file = new File(['name,start_date,end_date'], 'ferien.csv', { type: 'text/csv' });
  await user.upload(screen.getByLabelText('Datei mit Ferien auswählen'), file);
  await screen.findByText('Import von ferien.csv');
  screen.getByText('2 neu');
  screen.getByText('1 zusammengelegt');
  screen.getByText('Zeile 5');
  screen.getByText('Das Ende liegt vor dem Beginn.');
});

test('only settings that were changed are sent, with the version that was seen', async () => {
  answers('get', '/api/system-settings', {
    settings: [setting('video_loop', 'true'), setting('video_volume', '0.8', 'number')],
  });
  const sent = answers('post', '/api/system-settings', { settings: [] });
  const { user } = open('/settings?tab=events');
  const loop = await screen.findByRole('switch', { name: 'In Schleife abspielen' });
  expect(screen.queryByRole('button', { name: 'Speichern' })).toBeNull();
  await user.click(loop);
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await screen.findByText('Die Einstellungen sind gespeichert.');
  expect(sent).toEqual([{ settings: [{ key: 'video_loop', value: 'false', version: 4 }] }]);
});

test('a refused setting keeps what was typed and says why', async () => {
  answers('get', '/api/system-settings', { settings: [setting('video_muted', 'false')] });
  refuses('post', '/api/system-settings', 409, 'Jemand anderes hat das inzwischen geändert.');
  const { user } = open('/settings?tab=events');
  const muted = await screen.findByRole('switch', { name: 'Ohne Ton' });
  await user.click(muted);
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await screen.findByText('Jemand anderes hat das inzwischen geändert.');
  await waitFor(() => expect(muted).toHaveProperty('checked', true));
});
