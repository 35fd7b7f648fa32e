import { Button, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { Client } from '@/api/types';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';
import { SectionCard } from '@/components/ui/section-card';
import { useDeleteInfoscreen } from '../api/use-delete-infoscreen';

export function DeleteCard({ client }: { client: Client }) {
  const { t } = useTranslation('infoscreens');
  const confirmLoss = useConfirmLoss();
  const notify = useNotify();
  const navigate = useNavigate();
  const name = clientName(client);
  const remove = useDeleteInfoscreen(async () => {
    notify.success(t('delete.done', { name }));
    await navigate({ to: '/infoscreens' });
  });

  function ask() {
    confirmLoss({
      title: t('delete.title', { name }),
      children: t('delete.text'),
      confirm: t('delete.confirm'),
      onConfirm: () => remove.mutate({ path: { uuid: client.uuid } }, { onError: notify.failure }),
    });
  }

  return (
    <SectionCard title={t('delete.section')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('delete.hint')}
      </Text>
      <Button
        variant="default"
        c="var(--mantine-color-error)"
        leftSection={<IconTrash size={16} />}
        loading={remove.isPending}
        onClick={ask}
      >
        {t('delete.confirm')}
      </Button>
    </SectionCard>
  );
}
