import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import type { Media } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useProblemText } from '@/components/ui/problem-text';
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
  const problemText = useProblemText();
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
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {rename.isError && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {problemText(rename.error)}
          </Alert>
        )}
        <TextInput
          label={t('rename.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isMissing ? t('rename.missing') : fieldErrors(rename.error).name}
          required
          data-autofocus
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {t('common:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
