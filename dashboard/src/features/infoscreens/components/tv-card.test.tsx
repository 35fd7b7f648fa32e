import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ClientPowerAnswer } from '@/api/generated/types.gen';
import { renderPage } from '@/testing/render-page';
import { answers } from '@/testing/server';
import { TvCard } from './tv-card';

const UUID = '9b8d1856-ff34-4864-a726-12de072d0f77';
const ADDRESS = `/api/clients/${UUID}/power`;
const untold: ClientPowerAnswer = {
  desiredState: null,
  reason: null,
  intentId: null,
  since: null,
  until: null,
  reported: null,
};
const byHand: ClientPowerAnswer = {
  desiredState: 'off',
  reason: 'operator_override',
  intentId: 'x',
  since: '2026-11-27T10:00:00',
  until: '2026-11-27T12:00:00',
  reported: null,
};

function open(tv: ClientPowerAnswer) {
  answers('get', ADDRESS, tv);
  return renderPage(() => <TvCard uuid={UUID} />);
}

test('what nobody told and nobody heard is said so', async () => {
  open(untold);
  await screen.findByText('Nichts: er bleibt, wie er ist');
  screen.getByText('Noch nichts');
});

test('what the TV did is told with how, and why it failed', async () => {
  const reported = {
    observedState: 'unknown',
    method: 'cec',
    result: 'failed',
    error: 'no adapter',
    intentId: 'x',
    reportedAt: '2026-11-27T10:00:00',
  } as const;
  open({ ...untold, desiredState: 'on', reason: 'active_event', reported });
  await screen.findByText(/Unbekannt.*HDMI-CEC/);
  screen.getByText('Ein Termin läuft');
  screen.getByText('Hat nicht geklappt: no adapter');
});

test('a person switches it off for a while, and lets it follow the plan again', async () => {
  const put = answers('put', ADDRESS, byHand);
  const { user } = open(untold);
  await user.click(await screen.findByRole('button', { name: 'Ausschalten' }));
  await screen.findByText(/27\.11\.2026, 13:00/);
  expect(put).toEqual([{ desiredState: 'off', minutes: 60 }]);
  const deleted = answers('delete', ADDRESS, untold);
  await user.click(screen.getByRole('button', { name: 'Wieder dem Plan folgen' }));
  await screen.findByRole('button', { name: 'Ausschalten' });
  await waitFor(() => expect(deleted).toHaveLength(1));
});
