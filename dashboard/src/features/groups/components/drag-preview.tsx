/** What hangs on the pointer: the device, or how many. */
import { Badge, Paper, Group as Row, Text } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { ClientStatus } from '@/api/types';

export function DragPreview({ clients }: { clients: ClientStatus[] }) {
  const { t } = useTranslation('groups');
  const [first] = clients;
  if (first === undefined) return null;
  return (
    <Paper withBorder shadow="md" px="sm" py="xs" w={250} bg="var(--app-raised)">
      <Row gap={8} wrap="nowrap">
        <IconDeviceTv size={18} stroke={1.7} aria-hidden />
        <Text size="sm" fw={600} truncate flex={1}>
          {clientName(first)}
        </Text>
        {clients.length > 1 && (
          <Badge variant="filled">{t('drag.several', { count: clients.length })}</Badge>
        )}
      </Row>
    </Paper>
  );
}
