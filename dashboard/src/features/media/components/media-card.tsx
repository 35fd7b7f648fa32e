import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import { ConversionBadge } from '@/components/ui/conversion-badge';
import { factsOf } from '@/components/ui/media-facts';
import { MediaKindIcon } from '@/components/ui/media-thumbnail';
import { useNotify } from '@/components/ui/notify';
import { useTimeFormat } from '@/lib/school-time';
import { useCan } from '@/lib/session';
import { parseApiTime } from '@/lib/time';
import { useConvertMedia } from '../api/use-convert-media';
import classes from './media.module.css';
import { MediaMenu } from './media-menu';
import { PreviewOpener } from './preview-opener';

type MediaCardProps = { media: Media; onShow: () => void; onRename: () => void };

export function MediaCard({ media, onShow, onRename }: MediaCardProps) {
  const { t } = useTranslation('media');
  const format = useTimeFormat();
  const { name, kind, conversion, createdAt } = media;
  return (
    <Card withBorder padding={0} bg="var(--app-raised)" className={classes.card}>
      <PreviewOpener media={media} onShow={onShow} />
      <Stack gap={6} p="sm" flex={1}>
        <Group gap={8} wrap="nowrap" align="flex-start">
          <MediaKindIcon kind={kind} size={24} />
          <Text size="sm" fw={600} lineClamp={2} flex={1} className={classes.name} title={name}>
            {name}
          </Text>
          <MediaMenu media={media} onRename={onRename} />
        </Group>
        <Text size="xs" c="dimmed" className="tabular">
          {factsOf(media, t, format.locale)}
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {t('facts.uploaded', { day: format.dateTime(parseApiTime(createdAt)) })}
        </Text>
        <div role="status">
          <ConversionBadge conversion={conversion} />
        </div>
        {conversion?.status === 'failed' && <FailedConversion media={media} />}
      </Stack>
    </Card>
  );
}

function FailedConversion({ media: { id, name, conversion } }: { media: Media }) {
  const { t } = useTranslation('media');
  const notify = useNotify();
  const canEdit = useCan('editor');
  const convert = useConvertMedia();
  return (
    <Stack gap="xs" align="flex-start">
      {conversion?.errorMessage && <Text size="xs">{conversion.errorMessage}</Text>}
      {canEdit && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={15} />}
          aria-label={t('conversion.retryLabel', { name })}
          loading={convert.isPending}
          onClick={() => convert.mutate({ path: { media_id: id } }, { onError: notify.failure })}
        >
          {t('conversion.retry')}
        </Button>
      )}
    </Stack>
  );
}
