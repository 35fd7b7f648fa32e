import * as z from 'zod';
import { STATUS_FILTERS } from '@/components/devices/status-filters';

/** The parts of the page; the devices are shown first. */
export const PARTS = ['devices', 'alerts', 'charts', 'logs', 'commands'] as const;

export type MonitoringPart = (typeof PARTS)[number];

export const PERIODS = ['24', '168', '720', '8760'] as const;

export type PeriodHours = (typeof PERIODS)[number];

export const monitoringSearch = z.object({
  q: z.string().optional().catch(undefined),
  status: z.enum(STATUS_FILTERS).optional().catch(undefined),
  /** A column's id, with a minus before it for the other way round. */
  sort: z.string().optional().catch(undefined),
  part: z.enum(PARTS).optional().catch(undefined),
  /** How many hours the charts show. */
  hours: z.enum(PERIODS).optional().catch(undefined),
  /** The device whose details are open. */
  client: z.string().optional().catch(undefined),
});

export type MonitoringSearch = z.infer<typeof monitoringSearch>;
