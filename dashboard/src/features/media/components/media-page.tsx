import {
  Button,
  CloseButton,
  FileButton,
  Group,
  Pagination,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconUpload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedia } from '@/api/use-media';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { useCan } from '@/lib/session';
import { useUploads } from '../use-uploads';
import { DropTarget } from './drop-target';
import { MediaGrid } from './media-grid';
import { NoMedia } from './no-media';
import { UploadList } from './upload-list';

const route = getRouteApi('/shell/media');
const PER_PAGE = 60;
const TYPING_MS = 250;

export function MediaPage() {
  const { t } = useTranslation(['media', 'common']);
  const { q = '', page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const canEdit = useCan('editor');
  const { uploads, queue } = useUploads();
  const media = useMedia({ q, limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
  const [text, setText] = useState(q);
  const search = useDebouncedCallback(
    (next: string) => navigate({ search: { q: next === '' ? undefined : next }, replace: true }),
    TYPING_MS,
  );
  function type(next: string) {
    setText(next);
    search(next);
  }
  const uploadButton = canEdit && (
    <FileButton multiple onChange={queue.add}>
      {(props) => (
        <Button {...props} leftSection={<IconUpload size={17} />}>
          {t('upload')}
        </Button>
      )}
    </FileButton>
  );

  return (
    <Page
      title={t('common:nav.media')}
      subtitle={t(canEdit ? 'subtitle' : 'subtitleView')}
      actions={
        <>
          <TextInput
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            value={text}
            onChange={(event) => type(event.currentTarget.value)}
            leftSection={<IconSearch size={17} aria-hidden />}
            rightSection={
              text !== '' && <CloseButton aria-label={t('searchClear')} onClick={() => type('')} />
            }
            w={{ base: '100%', xs: 260 }}
          />
          {uploadButton}
        </>
      }
    >
      {canEdit && <DropTarget onDrop={queue.add} />}
      {uploads.length > 0 && <UploadList uploads={uploads} queue={queue} />}
      <QueryView query={media}>
        {({ media: shown, total }) =>
          shown.length === 0 ? (
            <NoMedia isSearch={q !== ''} onClear={() => type('')} upload={uploadButton} />
          ) : (
            <Stack gap="md">
              <MediaGrid media={shown} />
              <Group justify="space-between">
                <Text size="sm" c="dimmed">
                  {t('count', { count: total })}
                </Text>
                {total > PER_PAGE && (
                  <Pagination
                    aria-label={t('pages')}
                    value={page}
                    total={Math.ceil(total / PER_PAGE)}
                    onChange={(next) => navigate({ search: { q: q || undefined, page: next } })}
                    getItemProps={(number) => ({ 'aria-label': t('page', { page: number }) })}
                    getControlProps={(control) => ({
                      'aria-label': t(control === 'previous' ? 'previousPage' : 'nextPage'),
                    })}
                  />
                )}
              </Group>
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}
