/** What the event dialog is opened for, and the groups it offers. */
import type { Showing } from '@/api/use-occurrences';
import type { Range } from './event-fields';

export type EventTarget =
  | { kind: 'new'; range: Range; groupId: number | null }
  | { kind: 'edit'; showing: Showing };

export type GroupChoice = { id: number; name: string };
