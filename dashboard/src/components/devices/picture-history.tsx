/** What a device shows, large, with why the picture was taken; the recent ones below, each a click away. */
import { Group, Text, UnstyledButton } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { screenshotHistoryOptions } from '@/api/generated/@tanstack/react-query.gen';
import { Ago } from '@/components/ui/ago';
import { SectionCard } from '@/components/ui/section-card';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import classes from './picture-history.module.css';
import { PictureKindBadge } from './picture-kind-badge';

type PictureHistoryProps = {
  client: { uuid: string; description: string | null; hostname: string | null };
};

const PRIORITY = ['event_start', 'event_stop'];

export function PictureHistory({ client }: PictureHistoryProps) {
  const { t } = useTranslation();
  const format = useTimeFormat();
  const { data } = useQuery(screenshotHistoryOptions({ path: { uuid: client.uuid } }));
  const [picked, setPicked] = useState<string | null>(null);
  const pictures = data?.screenshots ?? [];
  const shown = pictures.find(({ name }) => name === picked) ?? pictures[0];
  const label = t('screenshot.label', { name: clientName(client) });
  return (
    <SectionCard
      title={t('screenshot.title')}
      actions={
        shown !== undefined && (
          <Group gap="xs">
            <PictureKindBadge kind={shown.kind} />
            <Text size="xs" c="dimmed" className="tabular">
              <Ago at={parseApiTime(shown.takenAt)} />
            </Text>
          </Group>
        )
      }
    >
      {shown === undefined ? (
        <div className={`${classes.picture} ${classes.none}`}>
          <IconPhotoOff size={32} stroke={1.5} aria-hidden />
          <Text size="sm">{t('screenshot.none')}</Text>
        </div>
      ) : (
        <img className={classes.picture} src={shown.url} alt={label} />
      )}
      {pictures.length > 1 && (
        <ul className={classes.strip} aria-label={t('screenshot.recent')}>
          {pictures.map((picture) => (
            <li key={picture.name}>
              <UnstyledButton
                className={classes.shot}
                aria-pressed={picture.name === shown?.name}
                onClick={() => setPicked(picture.name)}
              >
                <img src={picture.url} alt="" loading="lazy" />
                <Text
                  size="xs"
                  className="tabular"
                  fw={PRIORITY.includes(picture.kind) ? 700 : 400}
                >
                  {format.clock(parseApiTime(picture.takenAt))}
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
