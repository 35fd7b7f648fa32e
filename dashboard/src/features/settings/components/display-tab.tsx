import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DISPLAY_KEYS, HOURS_KEYS } from '../setting-keys';
import { SettingsCard } from './settings-card';

export function DisplayTab() {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="md" maw={900}>
      <SettingsCard title={t('card.hours')} keys={HOURS_KEYS} />
      <SettingsCard title={t('card.display')} keys={DISPLAY_KEYS} />
    </Stack>
  );
}
