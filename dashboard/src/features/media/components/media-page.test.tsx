import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { renderPage } from '@/testing/render-page';
import { answers, server } from '@/testing/server';
import { mediaSearch } from '../search';
import { MediaPage } from './media-page';

const DECK = {
  id: 5,
  folderId: null,
  name: 'Schulprofil.pptx',
  kind: 'pptx',
  mimeType: null,
  size: 2_400_000,
  sha256: 'abc',
  pageCount: 12,
  width: null,
  height: null,
  duration: null,
  createdAt: '2026-11-20T08:00:00',
  version: 2,
  conversion: {
    mediaId: 5,
    status: 'failed',
    errorCode: 'unreadable',
    errorMessage: 'Die Datei kann nicht gelesen werden.',
    startedAt: null,
    completedAt: null,
    pdfUrl: null,
  },
  thumbnailUrl: null,
  contentUrl: '/api/eventmedia/stream/5/Schulprofil.pptx',
};

beforeEach(() => {
  answers('get', '/api/eventmedia', { media: [DECK], total: 1 });
});

const open = (role: 'user' | 'editor' = 'editor') =>
  renderPage(MediaPage, { path: '/media', search: mediaSearch, role });

test('a failed conversion says why and can be tried again', async () => {
  const asked = answers('post', '/api/conversions/5/pdf', {
    ...DECK.conversion,
    status: 'pending',
  });
  const { user } = open();
  expect(await screen.findByText('Die Datei kann nicht gelesen werden.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: /Erneut versuchen: Schulprofil/ }));
  await waitFor(() => expect(asked).toHaveLength(1));
});

test('what events still show is not deleted: they are named', async () => {
  server.use(
    http.delete('/api/eventmedia/5', () =>
      HttpResponse.json(
        {
          error: 'Wird noch verwendet.',
          code: 'media_in_use',
          details: { name: DECK.name, events: [{ id: 1, subject: 'Tag der offenen Tür' }] },
        },
        { status: 409 },
      ),
    ),
  );
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: /Aktionen für Schulprofil/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Löschen' }));
  await user.click(await screen.findByRole('button', { name: 'Datei löschen' }));
  expect(await screen.findByText('Tag der offenen Tür')).toBeTruthy();
});

test('a file is renamed with the version that was seen', async () => {
  const sent = answers('put', '/api/eventmedia/5', { ...DECK, name: 'Profil.pptx' });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: /Aktionen für Schulprofil/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Umbenennen' }));
  const name = await screen.findByLabelText(/^Name/);
  await user.clear(name);
  await user.type(name, 'Profil.pptx');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(sent).toEqual([{ name: 'Profil.pptx', version: 2 }]));
});

test('an empty library says what to do', async () => {
  answers('get', '/api/eventmedia', { media: [], total: 0 });
  open();
  expect(await screen.findByText('Noch keine Dateien')).toBeTruthy();
});

test('who may not edit can look and download, nothing else', async () => {
  const { user } = open('user');
  await user.click(await screen.findByRole('button', { name: /Aktionen für Schulprofil/ }));
  expect(await screen.findByRole('menuitem', { name: 'Herunterladen' })).toBeTruthy();
  expect(screen.queryByRole('menuitem', { name: 'Löschen' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Hochladen' })).toBeNull();
});
