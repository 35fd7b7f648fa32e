import * as z from 'zod';

export const rolloutSearch = z.object({
  /** A column's id, with a minus before it for the other way round. */
  sort: z.string().optional().catch(undefined),
});
