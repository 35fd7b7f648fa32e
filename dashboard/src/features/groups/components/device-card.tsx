import { useDraggable } from '@dnd-kit/react';
import { ActionIcon, Checkbox, Group as Row, Text } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus } from '@/api/types';
import { CommandMenu } from '@/components/commands/command-menu';
import { ClientStatusBadge } from '@/components/devices/client-status-badge';
import { useBoardActions } from '../board-actions';
import classes from './device-card.module.css';

type DeviceCardProps = { client: ClientStatus; isSelected: boolean };

export const DeviceCard = memo(function DeviceCard({ client, isSelected }: DeviceCardProps) {
  const { groups, move, toggle } = useBoardActions();
  const { t } = useTranslation('groups');
  const { ref, handleRef, isDragging } = useDraggable({ id: client.uuid });
  const name = clientName(client);
  return (
    <Row
      ref={ref}
      component="li"
      className={classes.card}
      data-selected={isSelected}
      data-dragging={isDragging}
      gap={6}
      wrap="nowrap"
    >
      <Checkbox
        size="xs"
        checked={isSelected}
        onChange={() => toggle(client.uuid)}
        aria-label={t('device.select', { name })}
      />
      <ActionIcon
        ref={handleRef}
        variant="transparent"
        color="var(--mantine-color-text)"
        size={26}
        className={classes.handle}
        aria-label={t('device.drag', { name })}
        aria-roledescription={t('drag.role')}
      >
        <IconDeviceTv size={18} stroke={1.7} />
      </ActionIcon>
      <div className={classes.names}>
        <Text size="sm" fw={600} lh={1.3} lineClamp={2}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" lh={1.3} truncate className="tabular">
          {client.ip ?? client.hostname}
        </Text>
      </div>
      <ClientStatusBadge status={client.status} />
      <CommandMenu
        client={client}
        size={28}
        move={{
          targets: groups.filter((group) => group.id !== client.groupId),
          onPick: (group) => move(client, group),
        }}
      />
    </Row>
  );
});
