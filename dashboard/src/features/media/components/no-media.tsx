import { Button } from '@mantine/core';
import { IconPhotoVideo, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/ui/empty-state';

type NoMediaProps = { isSearch: boolean; onClear: () => void; upload: ReactNode };

export function NoMedia({ isSearch, onClear, upload }: NoMediaProps) {
  const { t } = useTranslation('media');
  if (isSearch)
    return (
      <EmptyState
        icon={IconSearch}
        title={t('noMatch.title')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('noMatch.action')}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={IconPhotoVideo}
      title={t('empty.title')}
      text={t(upload === false ? 'empty.textView' : 'empty.text')}
      action={upload}
    />
  );
}
