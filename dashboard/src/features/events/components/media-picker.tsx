import { Anchor, Group, Paper, Select, type SelectProps, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import { useMedia } from '@/api/use-media';

import { ConversionBadge } from '@/components/ui/conversion-badge';
import { factsOf, previewOf } from '@/components/ui/media-facts';
import { MediaThumbnail, mediaSort } from '@/components/ui/media-thumbnail';
import { useTimeFormat } from '@/lib/school-time';
import classes from './media-picker.module.css';

const MOST_LISTED = 1_000;
const FITTING = { presentation: ['slides', 'pdf'], video: ['video'] };

type MediaPickerProps = {
  kind: 'presentation' | 'video';
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string;
  disabled: boolean;
};

export function MediaPicker({ kind, value, onChange, error, disabled }: MediaPickerProps) {
  const { t } = useTranslation('events');
  const { data } = useMedia({ limit: MOST_LISTED });
  const fitting = data?.media.filter((media) => FITTING[kind].includes(mediaSort(media.kind)));
  const byId = new Map(fitting?.map((media) => [String(media.id), media]));
  const chosen = value === null ? undefined : byId.get(value);
  const isGone = value !== null && data !== undefined && chosen === undefined;
  const option: SelectProps['renderOption'] = ({ option: { value: id, label } }) => (
    <MediaOption media={byId.get(id)} label={label} />
  );

  if (fitting?.length === 0 && value === null)
    return (
      <Text size="sm" c={error === undefined ? 'dimmed' : 'var(--mantine-color-error)'}>
        {t('media.empty')}{' '}
        <Anchor component={Link} to="/media" inherit>
          {t('media.open')}
        </Anchor>
      </Text>
    );
  return (
    <Stack gap="xs">
      <Select
        label={t(`media.${kind}`)}
        placeholder={t('media.placeholder')}
        data={[
          ...(isGone ? [{ value, label: t('media.gone', { id: value }) }] : []),
          ...(fitting ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={value}
        onChange={onChange}
        error={error}
        description={chosen && hintOf(chosen)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        renderOption={option}
        nothingFoundMessage={t('media.none')}
        maxDropdownHeight={320}
        searchable
        required
        disabled={disabled}
      />
      {chosen && <Chosen media={chosen} />}
    </Stack>
  );

  function hintOf({ conversion }: Media) {
    if (conversion === null || conversion.status === 'ready') return undefined;
    return t(conversion.status === 'failed' ? 'media.failed' : 'media.converting');
  }
}

/** What it looks like and how long it is, with a way to see all of it. */
function Chosen({ media }: { media: Media }) {
  const { t } = useTranslation('events');
  const { t: tMedia } = useTranslation('media');
  const { locale } = useTimeFormat();
  const preview = previewOf(media);
  return (
    <Paper withBorder p={8}>
      <Group gap="sm" wrap="nowrap">
        <span className={classes.preview}>
          <MediaThumbnail media={media} />
        </span>
        <Stack gap={2} miw={0}>
          <Text size="sm" c="dimmed">
            {factsOf(media, tMedia, locale)}
          </Text>
          {preview.how !== 'none' && (
            <Anchor
              size="sm"
              href={preview.url}
              target="_blank"
              rel="noreferrer"
              underline="always"
            >
              {t('media.look')}
            </Anchor>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}

function MiniPicture({ media }: { media: Media }) {
  return (
    <span className={classes.picture}>
      <MediaThumbnail media={media} />
    </span>
  );
}

function MediaOption({ media, label }: { media: Media | undefined; label: string }) {
  return (
    <Group gap="sm" wrap="nowrap" flex={1} miw={0}>
      {media && <MiniPicture media={media} />}
      <Text size="sm" truncate flex={1}>
        {label}
      </Text>
      {media && <ConversionBadge conversion={media.conversion} />}
    </Group>
  );
}
