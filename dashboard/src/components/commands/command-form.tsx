import { Alert, Button, Group as Row, Stack, Text, Textarea } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { Terms, Wish } from './commands';
import { FirstWaveSelect } from './first-wave-select';

type CommandFormProps = { wish: Wish; onCancel: () => void; onStart: (terms: Terms) => void };

const LONGEST_REASON = 2_000;
/** More names than that are not read, only counted. */
const MOST_NAMED = 6;

export function CommandForm({ wish, onCancel, onStart }: CommandFormProps) {
  const { t } = useTranslation(['commands', 'common']);
  const { action, clients } = wish;
  const isMany = clients.length > 1;
  const needsReason = isMany || wish.group !== undefined;
  const [reason, setReason] = useState(wish.reason ?? '');
  const [isMissing, setMissing] = useState(false);
  const [waves, setWaves] = useState<Terms['waves']>([]);
  const isLoss = action === 'shutdown_host';

  function submit() {
    const given = reason.trim();
    if (needsReason && given === '') return setMissing(true);
    onStart({ reason: given || null, waves });
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t(`ask.text.${action}`, { count: clients.length })}</Text>
        {isMany && <Names names={clients.map(clientName)} />}
        <OfflineNote wish={wish} />
        {isMany && <FirstWaveSelect clients={clients} onChange={setWaves} />}
        <Textarea
          label={t(needsReason ? 'ask.reason' : 'ask.reasonOptional')}
          description={needsReason ? t('ask.reasonHint') : undefined}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setMissing(false);
          }}
          error={isMissing && t('ask.reasonMissing')}
          required={needsReason}
          maxLength={LONGEST_REASON}
          autosize
          minRows={needsReason ? 2 : 1}
          data-autofocus={needsReason || undefined}
        />
        <Row justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common:action.cancel')}
          </Button>
          <Button
            type="submit"
            color={isLoss ? 'red.8' : undefined}
            data-autofocus={!needsReason || undefined}
          >
            {t(`ask.confirm.${action}`)}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

function Names({ names }: { names: string[] }) {
  const { t, i18n } = useTranslation('commands');
  const rest = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).map((name) => t('ask.quoted', { name }));
  const all = rest > 0 ? [...named, t('ask.andMore', { count: rest })] : named;
  return (
    <Text size="sm" c="dimmed">
      {new Intl.ListFormat(i18n.language).format(all)}
    </Text>
  );
}

function OfflineNote({ wish: { action, clients } }: { wish: Wish }) {
  const { t } = useTranslation('commands');
  const offline = clients.filter(({ isAlive }) => !isAlive).length;
  if (offline === 0 || action === 'power_cycle') return null;
  const isOnlyOne = clients.length === 1;
  return (
    <Alert color="orange" icon={<IconPlugConnectedX />}>
      {isOnlyOne ? t('ask.offlineOne') : t('ask.offline', { count: offline })}
    </Alert>
  );
}
