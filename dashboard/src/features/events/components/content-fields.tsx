/** What is shown, by the type of the event. */
import { NumberInput, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventFields } from '../event-fields';
import { MediaPicker } from './media-picker';

export type FieldsProps = {
  fields: EventFields;
  set: (change: Partial<EventFields>) => void;
  errorOf: (name: string) => string | undefined;
  isReadOnly: boolean;
};

export function ContentFields(props: FieldsProps) {
  const { t } = useTranslation('events');
  const { fields, set, errorOf, isReadOnly } = props;
  const media = (kind: 'presentation' | 'video') => (
    <MediaPicker
      kind={kind}
      value={fields.eventMediaId}
      onChange={(eventMediaId) => set({ eventMediaId })}
      error={errorOf('eventMediaId')}
      disabled={isReadOnly}
    />
  );
  switch (fields.type) {
    case 'presentation':
      return (
        <Stack gap="sm">
          {media('presentation')}
          <PresentationOptions {...props} />
        </Stack>
      );
    case 'video':
      return (
        <Stack gap="sm">
          {media('video')}
          <VideoOptions {...props} />
        </Stack>
      );
    case 'website':
      return (
        <TextInput
          type="url"
          label={t('form.website')}
          placeholder={t('form.websitePlaceholder')}
          value={fields.websiteUrl}
          onChange={(event) => set({ websiteUrl: event.currentTarget.value })}
          error={errorOf('websiteUrl')}
          required
        />
      );
    case 'webuntis':
      return (
        <Text size="sm" c="dimmed">
          {t('form.webuntis')}
        </Text>
      );
    case 'message':
      return (
        <Textarea
          label={t('form.message')}
          value={fields.messageContent}
          onChange={(event) => set({ messageContent: event.currentTarget.value })}
          error={errorOf('messageContent')}
          autosize
          minRows={3}
          maxRows={10}
          required
        />
      );
    default:
      return null;
  }
}

function PresentationOptions({ fields, set, errorOf }: FieldsProps) {
  const { t } = useTranslation('events');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
      <NumberInput
        label={t('form.slideshowInterval')}
        value={fields.slideshowInterval}
        onChange={(value) => set({ slideshowInterval: Number(value) })}
        error={errorOf('slideshowInterval')}
        min={1}
        max={86_400}
        allowDecimal={false}
      />
      <Stack gap="xs" justify="flex-end">
        <Switch
          label={t('form.autoProgress')}
          checked={fields.autoProgress}
          onChange={(event) => set({ autoProgress: event.currentTarget.checked })}
        />
        <Switch
          label={t('form.pageProgress')}
          checked={fields.pageProgress}
          onChange={(event) => set({ pageProgress: event.currentTarget.checked })}
        />
      </Stack>
    </SimpleGrid>
  );
}

function VideoOptions({ fields, set, errorOf }: FieldsProps) {
  const { t } = useTranslation('events');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
      <NumberInput
        label={t('form.volume')}
        value={fields.volume}
        onChange={(value) => set({ volume: Number(value) })}
        error={errorOf('volume')}
        min={0}
        max={100}
        step={5}
        suffix=" %"
        allowDecimal={false}
        disabled={fields.muted}
      />
      <Stack gap="xs" justify="flex-end">
        <Switch
          label={t('form.muted')}
          checked={fields.muted}
          onChange={(event) => set({ muted: event.currentTarget.checked })}
        />
        <Switch
          label={t('form.autoplay')}
          checked={fields.autoplay}
          onChange={(event) => set({ autoplay: event.currentTarget.checked })}
        />
        <Switch
          label={t('form.loop')}
          checked={fields.loop}
          onChange={(event) => set({ loop: event.currentTarget.checked })}
        />
      </Stack>
    </SimpleGrid>
  );
}
