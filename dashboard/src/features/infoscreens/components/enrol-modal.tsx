/** Lets a device in with a one-time code: first what it shall be, then the code. */
import { Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { useOpenEnrollment } from '../api/use-open-enrollment';
import { EnrolCode } from './enrol-code';
import { EnrolForm } from './enrol-form';
import { OpenCodes } from './open-codes';

type EnrolModalProps = { opened: boolean; onClose: () => void; groups: Group[] };

export function EnrolModal({ opened, onClose, groups }: EnrolModalProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const open = useOpenEnrollment();

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={open.reset}
      title={t('enrol.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {open.data === undefined ? (
        <Stack gap="xl">
          <EnrolForm
            groups={groups}
            isBusy={open.isPending}
            error={open.error}
            onCancel={onClose}
            onSubmit={(body) => open.mutate({ body })}
          />
          <OpenCodes groups={groups} />
        </Stack>
      ) : (
        <EnrolCode code={open.data} onClose={onClose} onAnother={open.reset} />
      )}
    </Modal>
  );
}
