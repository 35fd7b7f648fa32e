/** A new channel, or one as it was when the dialog opened; the others are sent along as they are. */
import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer, ChannelsAnswer } from '@/api/generated/types.gen';
import { hasStatus } from '@/api/problem';
import { useNotify } from '@/components/ui/notify';
import type { useDialog } from '@/lib/use-dialog';
import { useAlertChannels, useChangeAlertChannels } from '../api/use-alert-channels';
import { type ChannelFields, mistakesOf, requestOf, unchanged } from '../channel-fields';
import { ChannelForm } from './channel-form';

/** A channel of a list as a person saw it, or none for a new one. */
export type ChannelTarget = { list: ChannelsAnswer; channel: ChannelAnswer | null };

export function ChannelDialog({
  about,
  opened,
  turn,
  close,
}: ReturnType<typeof useDialog<ChannelTarget>>) {
  const { t } = useTranslation(['settings', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={about && t(about.channel === null ? 'channels.newTitle' : 'channels.editTitle')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {about && <EditChannel key={turn} about={about} onClose={close} />}
    </Modal>
  );
}

function EditChannel({ about, onClose }: { about: ChannelTarget; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const notify = useNotify();
  const current = useAlertChannels();
  const change = useChangeAlertChannels();
  const [seen, setSeen] = useState(about.list);
  const [loads, setLoads] = useState(0);
  const present = seen.channels.find(({ id }) => id === about.channel?.id) ?? null;
  const others = seen.channels.filter((each) => each !== present);
  // The channel of the form is the last one in what is sent.
  const place = others.length;
  const isStale = hasStatus(change.error, 409);

  async function catchUp(error: unknown) {
    if (!hasStatus(error, 409)) return;
    const { data } = await current.refetch();
    if (data !== undefined) setSeen(data);
  }

  function save(fields: ChannelFields) {
    const channels = [...others.map(unchanged), requestOf(fields, present?.id ?? null)];
    change.mutate(
      { body: { channels, version: seen.version } },
      {
        onSuccess: () => {
          notify.success(t('channels.saved', { name: fields.name }));
          onClose();
        },
        onError: catchUp,
      },
    );
  }

  function beginAnew() {
    change.reset();
    setLoads(loads + 1);
  }

  return (
    <ChannelForm
      key={loads}
      present={present}
      isBusy={change.isPending}
      error={change.error}
      mistakesIn={(fields) => mistakesOf(change.error, `channels.${place}.`, fields.recipients)}
      onSubmit={save}
      onTest={change.reset}
      onCancel={onClose}
    >
      {isStale && (
        <Newer
          isGone={about.channel !== null && present === null}
          onLoad={present === null ? undefined : beginAnew}
        />
      )}
      <OtherMistakes others={others} error={change.error} />
    </ChannelForm>
  );
}

type NewerProps = { isGone: boolean; onLoad: (() => void) | undefined };

/** Saving again is then meant, and keeps what others did to other channels. */
function Newer({ isGone, onLoad }: NewerProps) {
  const { t } = useTranslation('settings');
  return (
    <Alert color="orange" icon={<IconInfoCircle />} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t(isGone ? 'channels.gone' : 'channels.stale')}</Text>
        {onLoad && (
          <Button size="xs" variant="default" onClick={onLoad}>
            {t('loadNew')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

type OtherMistakesProps = { others: readonly ChannelAnswer[]; error: unknown };

/** All channels are saved together, so that one which is not in the form can stand in the way. */
function OtherMistakes({ others, error }: OtherMistakesProps) {
  const { t } = useTranslation('settings');
  const wrong = others.flatMap(({ id, name }, place) => {
    const said = Object.values(mistakesOf(error, `channels.${place}.`));
    return said.length === 0 ? [] : [{ id, name, said: said.join(' ') }];
  });
  return wrong.map(({ id, name, said }) => (
    <Alert key={id} color="red" role="alert">
      {t('channels.otherWrong', { name, said })}
    </Alert>
  ));
}
