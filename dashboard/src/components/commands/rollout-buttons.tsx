/** Pause, go on, stop: whatever the rollout's state allows. */
import { Button, Group } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Rollout } from '@/api/types';
import { useMoveRollout } from '@/api/use-move-rollout';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';

type RolloutButtonsProps = { rollout: Rollout; size?: 'compact-sm' | 'sm' };

export function RolloutButtons({ rollout, size = 'compact-sm' }: RolloutButtonsProps) {
  const { t } = useTranslation('commands');
  const notify = useNotify();
  const confirmLoss = useConfirmLoss();
  const { pause, resume, stop } = useMoveRollout();
  const { id, state, totals } = rollout;
  if (state === 'completed' || state === 'stopped') return null;
  const move = { path: { rollout_id: id } };
  const told = { onError: notify.failure };

  const askToStop = () =>
    confirmLoss({
      title: t('rollout.stopTitle'),
      children: t('rollout.stopText', { count: totals.pending }),
      confirm: t('rollout.stop'),
      onConfirm: () => stop.mutate(move, told),
    });

  return (
    <Group gap={6}>
      {state === 'running' && totals.pending > 0 && (
        <Button
          size={size}
          variant="default"
          leftSection={<IconPlayerPause size={14} />}
          loading={pause.isPending}
          onClick={() => pause.mutate(move, told)}
        >
          {t('rollout.pause')}
        </Button>
      )}
      {state !== 'running' && (
        <Button
          size={size}
          leftSection={<IconPlayerPlay size={14} />}
          loading={resume.isPending}
          onClick={() => resume.mutate(move, told)}
        >
          {t(state === 'waiting' ? 'rollout.release' : 'rollout.resume')}
        </Button>
      )}
      <Button
        size={size}
        variant="default"
        leftSection={<IconPlayerStop size={14} />}
        loading={stop.isPending}
        onClick={askToStop}
      >
        {t('rollout.stop')}
      </Button>
    </Group>
  );
}
