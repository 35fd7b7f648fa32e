/** A code with which this one device, and no other, gets its account (again). */
import { Button, Modal, Group as Row, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { Client } from '@/api/types';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { useDialog } from '@/lib/use-dialog';
import { useOpenEnrollment } from '../api/use-open-enrollment';
import { EnrolCode } from './enrol-code';

type RenewModalProps = { client: Client; dialog: ReturnType<typeof useDialog<true>> };

export function RenewModal({ client, dialog: { opened, close } }: RenewModalProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const open = useOpenEnrollment();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('enrol.again', { name: clientName(client) })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {open.data === undefined ? (
        <Stack gap="md">
          <Text size="sm">{t('enrol.againText')}</Text>
          <ProblemAlert error={open.error} />
          <Row justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {t('common:action.cancel')}
            </Button>
            <Button
              loading={open.isPending}
              onClick={() => open.mutate({ body: { clientUuid: client.uuid } })}
            >
              {t('enrol.make')}
            </Button>
          </Row>
        </Stack>
      ) : (
        <EnrolCode code={open.data} onClose={close} />
      )}
    </Modal>
  );
}
