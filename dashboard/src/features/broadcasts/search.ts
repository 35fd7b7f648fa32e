import * as z from 'zod';

export const broadcastSearch = z.object({ sort: z.string().optional().catch(undefined) });
