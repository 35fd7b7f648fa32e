import * as z from 'zod';

export const groupsSearch = z.object({
  q: z.string().optional().catch(undefined),
});
