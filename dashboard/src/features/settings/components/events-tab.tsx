import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink, IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRESENTATION_KEYS, VIDEO_KEYS, WEBUNTIS_KEYS } from '../setting-keys';
import classes from './settings.module.css';
import { SettingsCard } from './settings-card';

export function EventsTab() {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="md" maw={900}>
      <SettingsCard title={t('card.webuntis')} keys={WEBUNTIS_KEYS}>
        {(currentOf) => <Preview url={currentOf('supplement_table_url')} />}
      </SettingsCard>
      <SettingsCard title={t('card.presentations')} keys={PRESENTATION_KEYS} />
      <SettingsCard title={t('card.videos')} keys={VIDEO_KEYS} />
    </Stack>
  );
}

const ADDRESS = /^https?:\/\/\S+$/i;

/** The page as a screen would show it; the address is in a frame of its own, which may not touch the dashboard. */
function Preview({ url }: { url: string }) {
  const { t } = useTranslation('settings');
  const [shown, setShown] = useState<string | null>(null);
  if (!ADDRESS.test(url)) return null;
  return (
    <Stack gap="sm" mt="sm">
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconEye size={16} />}
          onClick={() => setShown(shown === url ? null : url)}
          aria-expanded={shown === url}
        >
          {t(shown === url ? 'preview.hide' : 'preview.show')}
        </Button>
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noreferrer"
          variant="subtle"
          size="xs"
          leftSection={<IconExternalLink size={16} />}
        >
          {t('preview.open')}
        </Button>
      </Group>
      {shown === url && (
        <>
          <iframe
            src={url}
            title={t('preview.title')}
            className={classes.preview}
            sandbox="allow-scripts allow-same-origin"
            referrerPolicy="no-referrer"
          />
          <Alert color="gray" variant="light" p="xs">
            <Text size="sm">{t('preview.hint')}</Text>
          </Alert>
        </>
      )}
    </Stack>
  );
}
