import { expect, test } from 'vitest';
import { command } from '@/testing/factories';
import { lockoutEnd } from './lockout';

const at = (createdAt: string, fields: Parameters<typeof command>[1] = {}) =>
  command(['queued', 'completed'], { createdAt: `2026-11-27T${createdAt}`, ...fields });
const blocked = command(['blocked_safety'], { createdAt: '2026-11-27T10:10:00' });

test('the lockout ends fifteen minutes after the oldest of the three restarts that make it', () => {
  const history = [blocked, at('10:09:00'), at('10:05:00'), at('10:01:00'), at('09:40:00')];
  expect(lockoutEnd(blocked, history)).toEqual(new Date('2026-11-27T10:16:00Z'));
});

test('blocked commands and shutdowns do not count', () => {
  const others = [
    command(['blocked_safety'], { createdAt: '2026-11-27T10:08:00' }),
    at('10:07:00', { action: 'shutdown_host' }),
  ];
  expect(lockoutEnd(blocked, [...others, at('10:05:00'), at('10:01:00')])).toBeNull();
});
