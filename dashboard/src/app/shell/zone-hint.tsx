/** Shown only where the browser's clock would mislead. */
import { Group, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow, useSchoolZone } from '@/lib/school-time';
import { differsFromBrowser } from '@/lib/time';

const MINUTE_MS = 60_000;

export function ZoneHint() {
  const { t } = useTranslation();
  const zone = useSchoolZone();
  const now = useNow(MINUTE_MS);
  if (!differsFromBrowser(zone, now)) return null;
  return (
    <Group gap={8} mt="auto" px={12} py={8} wrap="nowrap" c="dimmed">
      <IconClockExclamation size={16} aria-hidden />
      <Text size="xs">{t('zone.hint', { zone })}</Text>
    </Group>
  );
}
