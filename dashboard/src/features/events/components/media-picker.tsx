import { Anchor, Group, Select, type SelectProps, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/api/types';
import { useMedia } from '@/api/use-media';
import { ConversionBadge } from '@/components/ui/conversion-badge';
import { MediaThumbnail, mediaSort } from '@/components/ui/media-thumbnail';
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
      leftSection={chosen && <MiniPicture media={chosen} />}
      leftSectionWidth={chosen && 52}
      maxDropdownHeight={320}
      searchable
      required
      disabled={disabled}
    />
  );

  function hintOf({ conversion }: Media) {
    if (conversion === null || conversion.status === 'ready') return undefined;
    return t(conversion.status === 'failed' ? 'media.failed' : 'media.converting');
  }
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
