/** Deletes a file after a question. What events still show is not deleted; they are named instead. */
import { Button, List, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import * as z from 'zod';
import { ApiProblem } from '@/api/problem';
import type { Media } from '@/api/types';
import { useConfirmLoss } from '@/components/ui/confirm';
import { factsOf } from '@/components/ui/media-facts';
import { useNotify } from '@/components/ui/notify';
import { useTimeFormat } from '@/lib/school-time';
import { useDeleteMedia } from './api/use-delete-media';

const usersSchema = z.object({
  events: z.array(z.object({ id: z.number(), subject: z.string() })),
});

function usersOf(error: unknown) {
  if (!(error instanceof ApiProblem) || error.code !== 'media_in_use') return null;
  const { success, data } = usersSchema.safeParse(error.details);
  return success ? data.events : null;
}

export function useDeleteWithQuestion() {
  const { t } = useTranslation(['media', 'common']);
  const { t: tMedia } = useTranslation('media');
  const { locale } = useTimeFormat();
  const confirmLoss = useConfirmLoss();
  const notify = useNotify();
  const remove = useDeleteMedia();
  const navigate = useNavigate();

  function nameUsers(name: string, events: { id: number; subject: string }[]) {
    modals.open({
      title: t('delete.inUseTitle'),
      closeButtonProps: { 'aria-label': t('common:action.close') },
      children: (
        <Stack gap="md">
          <Text size="sm">{t('delete.inUse', { name })}</Text>
          <List size="sm">
            {events.map(({ id, subject }) => (
              <List.Item key={id}>{subject}</List.Item>
            ))}
          </List>
          <Button
            onClick={() => {
              modals.closeAll();
              navigate({ to: '/events' });
            }}
          >
            {t('delete.toEvents')}
          </Button>
        </Stack>
      ),
    });
  }

  return (media: Media) => {
    const { id, name } = media;
    confirmLoss({
      title: t('delete.title'),
      children: t('delete.text', { name, facts: factsOf(media, tMedia, locale) }),
      confirm: t('delete.confirm'),
      onConfirm: () =>
        remove.mutate(
          { path: { media_id: id } },
          {
            onSuccess: () => notify.success(t('delete.done', { name })),
            onError: (error) => {
              const users = usersOf(error);
              if (users === null) notify.failure(error);
              else nameUsers(name, users);
            },
          },
        ),
    });
  };
}
