import * as z from 'zod';
import { zAlertKind } from '@/api/generated/zod.gen';

export const alertsSearch = z.object({
  /** Open ones unless said otherwise. */
  state: z.enum(['closed']).optional().catch(undefined),
  kind: zAlertKind.optional().catch(undefined),
});

export type AlertsSearch = z.infer<typeof alertsSearch>;
