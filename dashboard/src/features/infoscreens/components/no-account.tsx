import { Button, Group as Row, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Client } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import type { Secrets } from '../account-secrets';
import { useMakeBrokerAccount } from '../api/use-make-broker-account';

type NoAccountProps = {
  client: Client;
  onEnrol: () => void;
  onSecrets: (secrets: Secrets) => void;
};

export function NoAccount({ client: { uuid }, onEnrol, onSecrets }: NoAccountProps) {
  const { t } = useTranslation('infoscreens');
  const notify = useNotify();
  const make = useMakeBrokerAccount(uuid);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('account.none')}
      </Text>
      <Row gap="sm">
        <Button variant="light" onClick={onEnrol}>
          {t('account.enrol')}
        </Button>
        <Button
          variant="default"
          loading={make.isPending}
          onClick={() =>
            make.mutate({ path: { uuid } }, { onSuccess: onSecrets, onError: notify.failure })
          }
        >
          {t('account.make')}
        </Button>
      </Row>
    </Stack>
  );
}
