/** PURE: until when the safety lockout holds that blocked a command; the rule is the server's, here it is explained. */
import type { Command, CommandAction } from '@/api/types';
import { fromEpoch, parseApiTime } from '@/lib/time';

export const LOCKOUT_AFTER = 3;
export const LOCKOUT_MINUTES = 15;

const WINDOW_MS = LOCKOUT_MINUTES * 60_000;
const COUNTED: readonly CommandAction[] = ['reboot_host', 'restart_app', 'power_cycle'];

/** `history` holds the device's commands in any order; null where it does not reach back far enough to tell. */
export function lockoutEnd(blocked: Command, history: Command[]): Date | null {
  const at = parseApiTime(blocked.createdAt).getTime();
  const counted = history
    .filter(({ action, status }) => COUNTED.includes(action) && status !== 'blocked_safety')
    .map(({ createdAt }) => parseApiTime(createdAt).getTime())
    .filter((time) => time <= at && time > at - WINDOW_MS)
    .sort((a, b) => b - a);
  const oldest = counted[LOCKOUT_AFTER - 1];
  return oldest === undefined ? null : fromEpoch(oldest + WINDOW_MS);
}
