/** A failed request as a fact: its status, its stable code, and the server's sentence where it gave one. */
import * as z from 'zod';

const problemSchema = z.object({
  error: z.string(),
  code: z.string(),
  details: z.unknown().optional(),
});

export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** Already in the person's language; null where no server answered in the agreed form. */
    readonly sentence: string | null,
    readonly details: unknown,
    /** The whole answer, for the few endpoints that tell more than the agreed form. */
    readonly answer: unknown = undefined,
  ) {
    super(sentence ?? code);
    this.name = 'ApiProblem';
  }
}

export function toProblem(error: unknown, response: Response | undefined): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  if (response === undefined) return new ApiProblem(0, 'unreachable', null, undefined);
  const { success, data } = problemSchema.safeParse(error);
  if (!success) return new ApiProblem(response.status, 'unexpected', null, undefined);
  return new ApiProblem(response.status, data.code, data.error, data.details, error);
}

export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof ApiProblem && error.status === status;
}

const INVALID = 422;

/** A 422's sentences by field, for forms; what other refusals carry are facts, not sentences. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!hasStatus(error, INVALID) || !(error instanceof ApiProblem)) return {};
  const fields = z.record(z.string(), z.string()).safeParse(error.details);
  return fields.success ? fields.data : {};
}
