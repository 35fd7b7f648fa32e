/** The question before a message goes out: which screens lose their programme for what, and until when. */
import { Alert, Blockquote, Button, Modal, Group as Row, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus, Group } from '@/api/types';
import { SeverityBadge } from '@/components/broadcasts/severity-badge';
import type { useDialog } from '@/lib/use-dialog';
import { type BroadcastFields, screensIn, targetGroups } from '../broadcast-fields';

type ConfirmBroadcastProps = {
  dialog: ReturnType<typeof useDialog<BroadcastFields>>;
  groups: Group[];
  clients: ClientStatus[];
  onConfirm: () => void;
};

/** More names than that are not read, only counted. */
const MOST_NAMED = 6;

export function ConfirmBroadcast({ dialog, groups, clients, onConfirm }: ConfirmBroadcastProps) {
  const { t } = useTranslation(['broadcasts', 'common']);
  const { about: fields, opened, close } = dialog;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(fields?.drill ? 'confirm.titleDrill' : 'confirm.title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {fields !== null && (
        <Stack gap="md">
          <Text size="sm">
            <What fields={fields} groups={groups} clients={clients} />
          </Text>
          <Blockquote p="sm" fz="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
            {fields.message.trim()}
          </Blockquote>
          <Row gap="xs">
            <SeverityBadge broadcast={fields} />
            <Text size="sm">{t('confirm.lasts', { count: Number(fields.minutes) })}</Text>
          </Row>
          <OfflineNote fields={fields} groups={groups} clients={clients} />
          <Text size="sm" c="dimmed">
            {t('confirm.noAlarm')}
          </Text>
          <Row justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {t('common:action.cancel')}
            </Button>
            <Button color={fields.drill ? undefined : 'red.8'} onClick={onConfirm} data-autofocus>
              {t(fields.drill ? 'confirm.startDrill' : 'confirm.start')}
            </Button>
          </Row>
        </Stack>
      )}
    </Modal>
  );
}

type Meant = { fields: BroadcastFields; groups: Group[]; clients: ClientStatus[] };

function What({ fields, groups, clients }: Meant) {
  const { t, i18n } = useTranslation('broadcasts');
  const targets = targetGroups(groups, fields);
  const screens = t('confirm.screens', { count: screensIn(targets, clients).length });
  if (fields.reach === 'all') return t('confirm.textAll', { screens });
  const rest = targets.length - MOST_NAMED;
  const named = targets.slice(0, MOST_NAMED).map(({ name }) => t('confirm.quoted', { name }));
  const all = rest > 0 ? [...named, t('confirm.andMore', { count: rest })] : named;
  return t('confirm.textSome', { screens, groups: new Intl.ListFormat(i18n.language).format(all) });
}

/** Who will not show it is said before, not found out after. */
function OfflineNote({ fields, groups, clients }: Meant) {
  const { t } = useTranslation('broadcasts');
  const screens = screensIn(targetGroups(groups, fields), clients);
  const offline = screens.filter(({ isAlive }) => !isAlive).length;
  if (offline === 0) return null;
  return (
    <Alert color="orange" icon={<IconPlugConnectedX />}>
      {t('confirm.offline', { count: offline })}
    </Alert>
  );
}
