import { zRefusedCommand } from '@/api/generated/zod.gen';
import { ApiProblem } from '@/api/problem';
import type { CommandDetail } from '@/api/types';

/** A command that the server kept although it could not be sent: blocked by the lockout, or the broker was away. */
export function refusedCommand(error: unknown): CommandDetail | null {
  if (!(error instanceof ApiProblem)) return null;
  const { success, data } = zRefusedCommand.safeParse(error.answer);
  return success ? data.command : null;
}
