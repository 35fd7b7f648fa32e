/** The entry of a group's menu that holds it (nothing is shown) or releases it. */
import { Menu } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { useHoldGroup } from '@/api/use-hold-group';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';

export function HoldGroupItem({ group: { id, name, pausedAt } }: { group: Group }) {
  const { t } = useTranslation('common');
  const confirmLoss = useConfirmLoss();
  const notify = useNotify();
  const { hold, release } = useHoldGroup({
    onHeld: () => notify.success(t('hold.held', { name })),
    onReleased: () => notify.success(t('hold.released', { name })),
    onError: notify.failure,
  });
  const group = { path: { group_id: id } };

  function ask() {
    confirmLoss({
      title: t('hold.title', { name }),
      children: t('hold.text'),
      confirm: t('hold.confirm'),
      onConfirm: () => hold.mutate(group),
    });
  }

  return pausedAt === null ? (
    <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={ask}>
      {t('hold.hold')}
    </Menu.Item>
  ) : (
    <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => release.mutate(group)}>
      {t('hold.release')}
    </Menu.Item>
  );
}
