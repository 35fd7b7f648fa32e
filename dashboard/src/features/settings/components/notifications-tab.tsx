/** Who is told of alerts, and how. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBellPlus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer, ChannelsAnswer } from '@/api/generated/types.gen';
import { AnchorLink } from '@/components/ui/anchor-link';
import { useConfirmLoss } from '@/components/ui/confirm';
import { EmptyState } from '@/components/ui/empty-state';
import { useNotify } from '@/components/ui/notify';
import { QueryView } from '@/components/ui/query-view';
import { useDialog } from '@/lib/use-dialog';
import { useAlertChannels, useChangeAlertChannels } from '../api/use-alert-channels';
import { unchanged } from '../channel-fields';
import { ChannelDialog, type ChannelTarget } from './channel-dialog';
import { ChannelRow } from './channel-row';

export function NotificationsTab() {
  const { t } = useTranslation(['settings', 'common']);
  const channels = useAlertChannels();
  const dialog = useDialog<ChannelTarget>();
  return (
    <Stack gap="md" maw={900}>
      <QueryView query={channels}>
        {(list) => {
          const add = () => dialog.open({ list, channel: null });
          return list.channels.length === 0 ? (
            <EmptyState
              icon={IconBellPlus}
              title={t('channels.none')}
              text={t('channels.noneText')}
              action={<Button onClick={add}>{t('channels.add')}</Button>}
            />
          ) : (
            <>
              <Group justify="space-between" gap="sm">
                <Text size="sm" c="dimmed">
                  {t('channels.intro')}{' '}
                  <AnchorLink to="/alerts" size="sm" underline="always">
                    {t('common:nav.alerts')}
                  </AnchorLink>
                </Text>
                <Button leftSection={<IconPlus size={17} />} onClick={add}>
                  {t('channels.add')}
                </Button>
              </Group>
              <ChannelList list={list} onEdit={(channel) => dialog.open({ list, channel })} />
            </>
          );
        }}
      </QueryView>
      <ChannelDialog {...dialog} />
    </Stack>
  );
}

type ChannelListProps = { list: ChannelsAnswer; onEdit: (channel: ChannelAnswer) => void };

function ChannelList({ list: { channels, version }, onEdit }: ChannelListProps) {
  const { t } = useTranslation('settings');
  const notify = useNotify();
  const confirmLoss = useConfirmLoss();
  const change = useChangeAlertChannels();

  function toggle(channel: ChannelAnswer, isActive: boolean) {
    if (change.isPending) return;
    const wanted = channels.map((each) =>
      each.id === channel.id ? { ...unchanged(each), isActive } : unchanged(each),
    );
    change.mutate({ body: { channels: wanted, version } }, { onError: notify.failure });
  }

  function askToRemove({ id, name }: ChannelAnswer) {
    const wanted = channels.filter((each) => each.id !== id).map(unchanged);
    confirmLoss({
      title: t('channels.removeTitle', { name }),
      children: t('channels.removeText'),
      confirm: t('channels.remove'),
      onConfirm: () =>
        change.mutate({ body: { channels: wanted, version } }, { onError: notify.failure }),
    });
  }

  return (
    <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
      {channels.map((channel) => (
        <ChannelRow
          key={channel.id}
          channel={channel}
          onSwitch={(isActive) => toggle(channel, isActive)}
          onEdit={() => onEdit(channel)}
          onRemove={() => askToRemove(channel)}
        />
      ))}
    </Stack>
  );
}
