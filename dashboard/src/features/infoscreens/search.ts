import * as z from 'zod';
import { STATUS_FILTERS } from '@/components/devices/status-filters';

export const infoscreensSearch = z.object({
  q: z.string().optional().catch(undefined),
  group: z.number().int().optional().catch(undefined),
  status: z.enum(STATUS_FILTERS).optional().catch(undefined),
  /** A column's id, with a minus before it for the other way round. */
  sort: z.string().optional().catch(undefined),
});

export type InfoscreensSearch = z.infer<typeof infoscreensSearch>;
