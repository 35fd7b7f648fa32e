import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MEDIA_KEYS } from '../setting-keys';
import { SettingsCard } from './settings-card';

export function MediaTab() {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="md" maw={900}>
      <SettingsCard title={t('card.uploads')} keys={MEDIA_KEYS} />
    </Stack>
  );
}
