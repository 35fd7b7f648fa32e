import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import { useCan } from '@/lib/session';
import { useDeleteWithQuestion } from '../use-delete-with-question';

type MediaMenuProps = { media: Media; onRename: () => void };

export function MediaMenu({ media, onRename }: MediaMenuProps) {
  const { t } = useTranslation('media');
  const canEdit = useCan('editor');
  const askToDelete = useDeleteWithQuestion();
  const { id, name } = media;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('menu.label', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {canEdit && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
            {t('menu.rename')}
          </Menu.Item>
        )}
        <Menu.Item
          component="a"
          href={`/api/eventmedia/${id}/download`}
          leftSection={<IconDownload size={16} />}
        >
          {t('menu.download')}
        </Menu.Item>
        {canEdit && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            onClick={() => askToDelete(media)}
          >
            {t('menu.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
