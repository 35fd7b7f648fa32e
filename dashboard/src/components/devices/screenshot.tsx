/** What the device shows: a thumbnail that opens large. */
import { Image, Modal, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { thumbnailUrl } from '@/api/thumbnail-url';
import type { ClientStatus } from '@/api/types';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import classes from './screenshot.module.css';

/** The time in the address makes the browser fetch a new picture, and only then. */
export function pictureOf({ uuid, screenshotUrl, screenshotAt }: ClientStatus) {
  if (screenshotUrl === null || screenshotAt === null) return null;
  return {
    address: `${screenshotUrl}?v=${encodeURIComponent(screenshotAt)}`,
    thumbnail: thumbnailUrl(uuid, screenshotAt),
    taken: parseApiTime(screenshotAt),
  };
}

export function Screenshot({ client }: { client: ClientStatus }) {
  const { t } = useTranslation();
  const format = useTimeFormat();
  const [open, modal] = useDisclosure();
  const [broken, setBroken] = useState<string | null>(null);
  const picture = pictureOf(client);
  const name = clientName(client);

  if (picture === null || broken === picture.thumbnail)
    return (
      <div className={classes.thumbnail} role="img" aria-label={t('screenshot.none')}>
        <IconPhotoOff size={20} stroke={1.5} aria-hidden />
      </div>
    );
  const { address, thumbnail, taken } = picture;
  return (
    <>
      <UnstyledButton
        onClick={modal.open}
        className={classes.thumbnail}
        aria-label={t('screenshot.open', { name })}
      >
        <img src={thumbnail} alt="" loading="lazy" onError={() => setBroken(thumbnail)} />
      </UnstyledButton>
      <Modal
        opened={open}
        onClose={modal.close}
        title={name}
        size="xl"
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Image src={address} alt={t('screenshot.label', { name })} radius="sm" />
        <Text size="sm" c="dimmed" mt="xs">
          {t('screenshot.taken', { time: format.dateTime(taken) })}
        </Text>
      </Modal>
    </>
  );
}
