/** Ends an emergency message, after a question that says what follows; nothing for those who may not. */
import { Button, type ButtonProps } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Broadcast } from '@/api/types';
import { useEndBroadcast } from '@/api/use-end-broadcast';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';
import { useCan } from '@/lib/session';

type EndBroadcastButtonProps = Pick<ButtonProps, 'size' | 'variant'> & {
  broadcast: Pick<Broadcast, 'id' | 'message'>;
};

export function EndBroadcastButton({ broadcast, ...look }: EndBroadcastButtonProps) {
  const { t } = useTranslation('broadcasts');
  const confirmLoss = useConfirmLoss();
  const notify = useNotify();
  const end = useEndBroadcast();
  if (!useCan('admin')) return null;

  function ask() {
    confirmLoss({
      title: t('end.title'),
      children: t('end.text', { message: broadcast.message }),
      confirm: t('end.confirm'),
      onConfirm: () =>
        end.mutate(
          { path: { broadcast_id: broadcast.id } },
          { onSuccess: () => notify.success(t('end.done')), onError: notify.failure },
        ),
    });
  }

  return (
    <Button
      variant="default"
      leftSection={<IconPlayerStop size={16} />}
      loading={end.isPending}
      onClick={ask}
      {...look}
    >
      {t('end.button')}
    </Button>
  );
}
