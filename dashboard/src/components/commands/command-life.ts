/** PURE: a command's life as a person reads it: its stages, how far it is, and what can still be done. */
import { BAD_ENDS, hasEnded } from '@/api/command-status';
import type { Command, CommandAction, CommandDetail, CommandStatus } from '@/api/types';
import { parseApiTime } from '@/lib/time';

type Transition = CommandDetail['transitions'][number];

/** The ways a command goes well, stage by stage. What comes before `queued` is over before anybody looks. */
const REBOOT: readonly CommandStatus[] = [
  'queued',
  'published',
  'ack_received',
  'execution_started',
  'awaiting_reconnect',
  'recovered',
  'completed',
];
const POWER_CYCLE = REBOOT.filter((stage) => stage !== 'ack_received');
const NO_REBOOT = REBOOT.filter((stage) => stage !== 'awaiting_reconnect' && stage !== 'recovered');

const STAGES: Record<CommandAction, readonly CommandStatus[]> = {
  reboot_host: REBOOT,
  power_cycle: POWER_CYCLE,
  restart_app: NO_REBOOT,
  shutdown_host: NO_REBOOT,
};

export type Step = {
  stage: CommandStatus;
  /** Null where the stage was passed over, or is still ahead. */
  at: Date | null;
  state: 'done' | 'present' | 'ahead' | 'bad' | 'neutral';
};

function timesOf(transitions: Transition[]): Map<CommandStatus, Date> {
  return new Map(transitions.map(({ toStatus, at }) => [toStatus, parseApiTime(at)]));
}

/** Publishing is the end of being queued, not a stage of its own. */
function stageOf(status: CommandStatus): CommandStatus {
  return status === 'publish_in_progress' ? 'queued' : status;
}

/** What has happened and what is still to come; a bad end closes what was reached. */
export function stepsOf({ action, status, transitions }: CommandDetail): Step[] {
  const times = timesOf(transitions);
  const stages = STAGES[action];
  const ends = BAD_ENDS.filter((end) => times.has(end));
  const reached = stages.reduce((last, stage, index) => (times.has(stage) ? index : last), 0);
  const way = ends.length === 0 ? stages : stages.slice(0, reached + 1);
  const present = stages.indexOf(stageOf(status));
  const steps = way.map<Step>((stage, index) => {
    const isDone = ends.length > 0 || index < present || status === 'completed';
    const at = times.get(stage) ?? null;
    return { stage, at, state: isDone ? 'done' : index === present ? 'present' : 'ahead' };
  });
  const endSteps = ends.map<Step>((stage) => ({
    stage,
    at: times.get(stage) ?? null,
    state: stage === 'canceled' ? 'neutral' : 'bad',
  }));
  return [...steps.filter(({ at, state }) => at !== null || state !== 'done'), ...endSteps];
}

/** From 0 to 100, for a bar. */
export function progressOf({ action, status }: Pick<Command, 'action' | 'status'>): number {
  if (hasEnded(status)) return 100;
  const stages = STAGES[action];
  const present = Math.max(0, stages.indexOf(stageOf(status)));
  return Math.round(((present + 0.5) / stages.length) * 100);
}
