import { useTranslation } from 'react-i18next';
import type { Tone } from '@/api/command-status';
import type { Rollout } from '@/api/types';
import { isOver } from '@/api/use-rollout';

type Told = Pick<Rollout, 'state' | 'totals'>;

function toneOf({ state, totals }: Told): Tone {
  if (state === 'halted' || totals.failures > 0) return 'bad';
  if (state === 'stopped') return 'neutral';
  return isOver({ state, totals }) ? 'good' : 'open';
}

/** Where a command to many devices stands, in a word or two; sent out is not over while a device is still at it. */
export function useRolloutState() {
  const { t } = useTranslation('commands');
  return (rollout: Told): { text: string; tone: Tone } => {
    const { state } = rollout;
    const isDone = state === 'completed' && isOver(rollout);
    return {
      text: t(isDone ? 'rollout.finished' : `rollout.state.${state}`),
      tone: toneOf(rollout),
    };
  };
}
