/** A person's address of one group's plan: made, shown once, renewed, revoked. */
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CalendarFeedAnswer } from '@/api/generated/types.gen';
import { useConfirmLoss } from '@/components/ui/confirm';
import { CopyLine } from '@/components/ui/copy-line';
import { useNotify } from '@/components/ui/notify';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useSubscribe } from '../api/use-subscribe';
import { useUnsubscribe } from '../api/use-unsubscribe';
import type { GroupChoice } from '../event-target';

type SubscriptionProps = { group: GroupChoice; feed: CalendarFeedAnswer | null };

export function Subscription({ group, feed }: SubscriptionProps) {
  const { t } = useTranslation('subscription');
  const confirmLoss = useConfirmLoss();
  const notify = useNotify();
  const subscribe = useSubscribe();
  const unsubscribe = useUnsubscribe();
  const path = { group_id: group.id };
  const make = () => subscribe.mutate({ path });

  function renew() {
    confirmLoss({
      title: t('renew.title'),
      children: t('renew.text', { name: group.name }),
      confirm: t('renew.confirm'),
      onConfirm: make,
    });
  }

  function revoke() {
    confirmLoss({
      title: t('revoke.title'),
      children: t('revoke.text', { name: group.name }),
      confirm: t('revoke.confirm'),
      onConfirm: () =>
        unsubscribe.mutate(
          { path },
          {
            onSuccess: () => {
              subscribe.reset();
              notify.success(t('revoke.done', { name: group.name }));
            },
          },
        ),
    });
  }

  if (feed === null)
    return (
      <Stack gap="md" align="flex-start">
        <Text size="sm">{t('about', { name: group.name })}</Text>
        <Button loading={subscribe.isPending} onClick={make}>
          {t('make')}
        </Button>
      </Stack>
    );
  return (
    <Stack gap="md">
      {subscribe.data === undefined ? <Told feed={feed} /> : <Address path={subscribe.data.path} />}
      <Group gap="sm">
        <Button variant="default" loading={subscribe.isPending} onClick={renew}>
          {t('renew.action')}
        </Button>
        <Button variant="outline" color="red" loading={unsubscribe.isPending} onClick={revoke}>
          {t('revoke.action')}
        </Button>
      </Group>
    </Stack>
  );
}

function Told({ feed: { createdAt, lastUsedAt } }: { feed: CalendarFeedAnswer }) {
  const { t } = useTranslation('subscription');
  const format = useTimeFormat();
  const made = format.dateTime(parseApiTime(createdAt));
  return (
    <Stack gap={4}>
      <Text size="sm">{t('made', { time: made })}</Text>
      <Text size="sm" c="dimmed">
        {lastUsedAt === null
          ? t('neverUsed')
          : t('used', { time: format.dateTime(parseApiTime(lastUsedAt)) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('hidden')}
      </Text>
    </Stack>
  );
}

function Address({ path }: { path: string }) {
  const { t } = useTranslation('subscription');
  const address = `${window.location.origin}${path}`;
  return (
    <Stack gap="sm">
      <CopyLine text={address} label={t('address')} />
      <Alert color="indigo" icon={<IconInfoCircle />}>
        {t('once')}
      </Alert>
      <Anchor href={address.replace(/^https?:/, 'webcal:')} size="sm">
        {t('open')}
      </Anchor>
    </Stack>
  );
}
