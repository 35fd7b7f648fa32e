import * as z from 'zod';

export const mediaSearch = z.object({
  q: z.string().optional().catch(undefined),
  page: z.number().int().positive().optional().catch(undefined),
});
