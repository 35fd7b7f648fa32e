/** The one toast of a command to many devices: how many are where, what halted it, and the way to the list. */
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRollout } from '@/api/use-rollout';
import { AnchorLink } from '@/components/ui/anchor-link';
import { RolloutBar } from './rollout-bar';
import { RolloutButtons } from './rollout-buttons';
import { RolloutCounts } from './rollout-counts';
import { useRolloutState } from './rollout-state';
import { ToastFrame } from './toast-frame';
import type { ToastProps } from './toast-props';
import { ToastStatus } from './toast-status';
import { useNews } from './use-news';

export function RolloutToast(props: ToastProps) {
  const { started } = props;
  const { t } = useTranslation('commands');
  const { data: rollout, error } = useRollout(started.rolloutId);
  const stateOf = useRolloutState();
  const state = rollout && stateOf(rollout);
  // Only when the whole changes: thirty devices would not let anybody finish a sentence.
  useNews(props, state?.text);
  const problem = started.error ?? (rollout === undefined ? error : null);
  const tone = problem !== null ? 'bad' : (state?.tone ?? 'open');
  return (
    <ToastFrame
      {...props}
      tone={tone}
      status={
        <ToastStatus problem={problem} tone={tone}>
          {rollout && state && `${state.text} · ${t('rollout.of', rollout.totals)}`}
        </ToastStatus>
      }
      bar={rollout && <RolloutBar tally={rollout.totals} />}
    >
      {rollout && (
        <Stack gap="xs" mt="sm">
          {rollout.halt !== null && <Text size="sm">{rollout.halt.message}</Text>}
          <RolloutCounts tally={rollout.totals} />
          <Group justify="space-between" gap="xs">
            <AnchorLink
              size="sm"
              to="/rollouts/$rolloutId"
              params={{ rolloutId: String(rollout.id) }}
            >
              {t('rollout.toList')}
            </AnchorLink>
            <RolloutButtons rollout={rollout} />
          </Group>
        </Stack>
      )}
    </ToastFrame>
  );
}
