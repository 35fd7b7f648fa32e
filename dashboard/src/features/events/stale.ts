/** A change made on an older version is refused with the event as it is now. */

import { zEventAnswer } from '@/api/generated/zod.gen';
import { ApiProblem } from '@/api/problem';
import type { Event } from '@/api/types';

export function isStale(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && error.code === 'stale_version';
}

export function currentEvent(error: unknown): Event | null {
  if (!isStale(error)) return null;
  const { success, data } = zEventAnswer.safeParse(error.details);
  return success ? data : null;
}
