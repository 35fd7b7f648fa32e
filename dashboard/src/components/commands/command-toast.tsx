/** A command's toast: one line for where it stands, and below it the timeline to the end. */
import { Button, Progress, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hasEnded, isCancelable, toneOf } from '@/api/command-status';
import type { CommandDetail } from '@/api/types';
import { useCancelCommand } from '@/api/use-cancel-command';
import { useCommand } from '@/api/use-command';
import { useNotify } from '@/components/ui/notify';
import { progressOf } from './command-life';
import { CommandTimeline } from './command-timeline';
import { ToastFrame } from './toast-frame';
import type { ToastProps } from './toast-props';
import { ToastStatus } from './toast-status';
import { useNews } from './use-news';

const BAR_COLORS = {
  open: 'var(--mantine-primary-color-filled)',
  good: 'var(--app-good)',
  bad: 'var(--app-bad)',
  neutral: 'gray',
} as const;

export function CommandToast(props: ToastProps) {
  const { started } = props;
  const { t } = useTranslation('commands');
  const { data: command, error } = useCommand(started.commandId);
  const status = command && t(`status.${command.status}`);
  useNews(props, status);
  const problem = started.error ?? (command === undefined ? error : null);
  const tone = problem !== null ? 'bad' : command === undefined ? 'open' : toneOf(command.status);
  const isLate = command?.overdueSince != null && !hasEnded(command.status);
  return (
    <ToastFrame
      {...props}
      tone={tone}
      status={
        <ToastStatus problem={problem} tone={tone}>
          {isLate ? `${status} · ${t('overdue.mark')}` : status}
        </ToastStatus>
      }
      bar={
        command !== undefined && (
          <Progress
            size={4}
            mt={8}
            value={progressOf(command)}
            color={BAR_COLORS[tone]}
            aria-label={t('progress')}
          />
        )
      }
    >
      {command !== undefined && (
        <Stack gap="xs" mt="sm">
          <CommandTimeline command={command} />
          <CancelButton command={command} />
        </Stack>
      )}
    </ToastFrame>
  );
}

function CancelButton({ command: { commandId, status } }: { command: CommandDetail }) {
  const { t } = useTranslation('commands');
  const notify = useNotify();
  const cancel = useCancelCommand();
  if (!isCancelable(status)) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      style={{ alignSelf: 'flex-start' }}
      loading={cancel.isPending}
      onClick={() =>
        cancel.mutate({ path: { command_id: commandId } }, { onError: notify.failure })
      }
    >
      {t('cancel')}
    </Button>
  );
}
