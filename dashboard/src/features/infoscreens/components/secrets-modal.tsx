/** A new account's password and token, shown once; it closes only by its button, so that no slip loses them. */
import { Alert, Button, Modal, Group as Row, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Client } from '@/api/types';
import { CopyBlock } from '@/components/ui/copy-block';
import { CopyLine } from '@/components/ui/copy-line';
import type { useDialog } from '@/lib/use-dialog';
import { environmentOf, type Secrets } from '../account-secrets';

type SecretsModalProps = { client: Client; dialog: ReturnType<typeof useDialog<Secrets>> };

export function SecretsModal({ client, dialog: { about, opened, close } }: SecretsModalProps) {
  const { t } = useTranslation('infoscreens');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('secrets.title')}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      {about !== null && (
        <Stack gap="md">
          <Alert color="orange" icon={<IconAlertTriangle />}>
            {t('secrets.once')}
          </Alert>
          <CopyLine label={t('account.username')} text={about.username} />
          <CopyLine label={t('secrets.password')} text={about.password} />
          <CopyBlock
            label={t('secrets.environment')}
            text={environmentOf(about, client.uuid, window.location.origin)}
          />
          {about.caCertificate !== null && (
            <CopyBlock label={t('secrets.ca')} text={about.caCertificate} />
          )}
          <Row justify="flex-end">
            <Button onClick={close}>{t('secrets.saved')}</Button>
          </Row>
        </Stack>
      )}
    </Modal>
  );
}
