/** One channel: whereto, what it tells of, and how its last message went; switched, tried, changed, removed. */
import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Group,
  Paper,
  Stack,
  Switch,
  Text,
  ThemeIcon,
  Title,
} from '@mantine/core';
import {
  IconBell,
  IconMail,
  IconPencil,
  IconSend,
  IconTrash,
  IconWebhook,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '@/api/generated/types.gen';
import { hasStatus } from '@/api/problem';
import { Ago } from '@/components/ui/ago';
import { parseApiTime } from '@/lib/time';
import { useTestAlertChannel } from '../api/use-alert-channels';
import { unchanged } from '../channel-fields';
import { ChannelTest } from './channel-test';

const GLYPHS = { mail: IconMail, webhook: IconWebhook, apprise: IconBell } as const;

type ChannelRowProps = {
  channel: ChannelAnswer;
  onSwitch: (isActive: boolean) => void;
  onEdit: () => void;
  onRemove: () => void;
};

export function ChannelRow({ channel, onSwitch, onEdit, onRemove }: ChannelRowProps) {
  const { t } = useTranslation('settings');
  const test = useTestAlertChannel();
  const { name, kind, isActive } = channel;
  const Glyph = GLYPHS[kind];

  function edit() {
    // What came of it was about the channel as it was.
    test.reset();
    onEdit();
  }

  return (
    <Paper component="li" withBorder p="md" bg="var(--app-raised)" aria-label={name}>
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <ThemeIcon
            variant="light"
            size={36}
            color={isActive ? 'indigo' : 'gray'}
            visibleFrom="xs"
            aria-hidden
          >
            <Glyph size={20} stroke={1.7} />
          </ThemeIcon>
          <Stack gap={4} miw={0} flex={1} style={{ overflowWrap: 'anywhere' }}>
            <Group gap="xs">
              <Title order={2} fz={16} fw={650}>
                {name}
              </Title>
              {!isActive && <Badge color="gray">{t('channels.off')}</Badge>}
            </Group>
            <Whereto channel={channel} />
            <Told channel={channel} />
            <LastMessage channel={channel} />
          </Stack>
          <Switch
            aria-label={t('channels.switchLabel', { name })}
            checked={isActive}
            onChange={(event) => onSwitch(event.currentTarget.checked)}
          />
        </Group>
        {hasStatus(test.error, 422) ? (
          <Alert color="red" role="alert">
            {t('channels.unreadable')}
          </Alert>
        ) : (
          <ChannelTest answer={test.data} error={test.error} />
        )}
        <Group gap="xs" justify="flex-end">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconSend size={15} />}
            aria-label={t('channels.testLabel', { name })}
            loading={test.isPending}
            onClick={() => test.mutate({ body: { channel: unchanged(channel) } })}
          >
            {t('channels.test')}
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('channels.editLabel', { name })}
            onClick={edit}
          >
            <IconPencil size={17} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('channels.removeLabel', { name })}
            onClick={onRemove}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      </Stack>
    </Paper>
  );
}

function Whereto({ channel: { kind, mail, webhook, apprise } }: { channel: ChannelAnswer }) {
  const { t } = useTranslation('settings');
  const address = webhook?.address ?? apprise?.address;
  return (
    <Text size="sm">
      {t(`channels.kind.${kind}`)}
      {': '}
      {mail === null ? address : mail.recipients.join(', ')}
    </Text>
  );
}

function Told({ channel }: { channel: ChannelAnswer }) {
  const { t } = useTranslation(['settings', 'alerts']);
  const { kinds, leastSeverity, language, quietMinutes } = channel;
  const parts = [
    t(`channels.from.${leastSeverity}`),
    kinds.length === 0
      ? t('channels.allKinds')
      : kinds.map((kind) => t(`alerts:kind.${kind}.title`)).join(', '),
    t(`channels.languageName.${language}`),
    quietMinutes > 0 && t('channels.quietFor', { count: quietMinutes }),
  ];
  return (
    <Text size="sm" c="dimmed">
      {parts.filter(Boolean).join(' · ')}
    </Text>
  );
}

function LastMessage({ channel }: { channel: ChannelAnswer }) {
  const { t } = useTranslation('settings');
  const { lastSentAt, failedAt, failureText } = channel;
  if (failureText !== null)
    return (
      <Text size="sm" c="var(--mantine-color-error)">
        {t('channels.notSent')}
        {failedAt !== null && (
          <>
            {' ('}
            <Ago at={parseApiTime(failedAt)} />
            {')'}
          </>
        )}
        {': '}
        {failureText}
      </Text>
    );
  return (
    <Text size="xs" c="dimmed">
      {lastSentAt === null ? (
        t('channels.neverSent')
      ) : (
        <>
          {t('channels.lastSent')} <Ago at={parseApiTime(lastSentAt)} />
        </>
      )}
    </Text>
  );
}
