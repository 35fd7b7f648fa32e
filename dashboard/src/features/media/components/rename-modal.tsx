import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import type { Media } from '@/api/types';
import { DialogForm } from '@/components/ui/dialog-form';
import { useNotify } from '@/components/ui/notify';
import { useRenameMedia } from '../api/use-rename-media';

type RenameModalProps = {
  media: Media | null;
  opened: boolean;
  /** Another one begins with the name as it is. */
  turn: number;
  onClose: () => void;
};

export function RenameModal({ media, opened, turn, onClose }: RenameModalProps) {
  const { t } = useTranslation(['media', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('rename.title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {media !== null && <RenameForm key={turn} media={media} onClose={onClose} />}
    </Modal>
  );
}

function RenameForm({ media, onClose }: { media: Media; onClose: () => void }) {
  const { t } = useTranslation(['media', 'common']);
  const notify = useNotify();
  const rename = useRenameMedia();
  const [name, setName] = useState(media.name);
  const isMissing = name.trim() === '';

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isMissing) return;
    rename.mutate(
      { path: { media_id: media.id }, body: { name: name.trim(), version: media.version } },
      {
        onSuccess: (saved) => {
          notify.success(t('rename.done', { name: saved.name }));
          onClose();
        },
      },
    );
  }

  return (
    <DialogForm
      error={rename.error}
      submitLabel={t('common:action.save')}
      isBusy={rename.isPending}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t('rename.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={isMissing ? t('rename.missing') : fieldErrors(rename.error).name}
        required
        data-autofocus
      />
    </DialogForm>
  );
}
