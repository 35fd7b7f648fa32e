import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PASSWORD_KEYS, SCHOOL_KEYS } from '../setting-keys';
import { SettingsCard } from './settings-card';

export function SystemTab() {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="md" maw={900}>
      <SettingsCard title={t('card.school')} keys={SCHOOL_KEYS} />
      <SettingsCard title={t('card.passwords')} keys={PASSWORD_KEYS} />
    </Stack>
  );
}
