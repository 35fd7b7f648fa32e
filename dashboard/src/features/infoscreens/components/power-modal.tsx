import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { PowerSwitchAnswer } from '@/api/generated/types.gen';
import type { Client } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import type { useDialog } from '@/lib/use-dialog';
import { useSavePowerSwitch } from '../api/use-save-power-switch';
import { requestOf } from '../power-switch-fields';
import { PowerForm } from './power-form';

type PowerModalProps = {
  client: Client;
  dialog: ReturnType<typeof useDialog<PowerSwitchAnswer | null>>;
};

export function PowerModal({ client, dialog: { about, opened, close } }: PowerModalProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const notify = useNotify();
  const save = useSavePowerSwitch(client.uuid);
  const name = clientName(client);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('power.modalTitle', { name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <PowerForm
        present={about}
        isBusy={save.isPending}
        error={save.error}
        onCancel={close}
        onSubmit={(fields) =>
          save.mutate(
            { path: { uuid: client.uuid }, body: requestOf(fields) },
            {
              onSuccess: () => {
                close();
                notify.success(t('power.saved', { name }));
              },
            },
          )
        }
      />
    </Modal>
  );
}
