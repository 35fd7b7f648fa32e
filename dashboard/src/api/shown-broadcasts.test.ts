import { expect, test } from 'vitest';
import { broadcast } from '@/testing/factories';
import { broadcastIdOf, shownBroadcasts } from './shown-broadcasts';

test('a group shows the newest message, but no drill while there is a real one', () => {
  const real = broadcast({ id: 1, groupIds: [2, 3] });
  const newer = broadcast({ id: 2, groupIds: [3] });
  const drill = broadcast({ id: 3, groupIds: [2, 4], drill: true });
  const shown = shownBroadcasts([drill, newer, real]);
  expect([2, 3, 4, 5].map((groupId) => shown.get(groupId)?.id)).toEqual([1, 2, 3, undefined]);
});

test('a device names a message by a number above those of events', () => {
  expect([broadcastIdOf(1_000_000_007), broadcastIdOf(7)]).toEqual([7, null]);
});
