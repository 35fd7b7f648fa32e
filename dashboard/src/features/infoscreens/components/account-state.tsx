import { ActionIcon, Button, Menu, Group as Row, Stack } from '@mantine/core';
import { IconBan, IconDots, IconKey, IconQrcode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { AccountState as Account } from '@/api/generated/types.gen';
import type { Client } from '@/api/types';
import { Ago } from '@/components/ui/ago';
import { Facts } from '@/components/ui/facts';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import type { Secrets } from '../account-secrets';
import { useAccountActions } from '../use-account-actions';
import classes from './infoscreens.module.css';

type AccountStateProps = {
  client: Client;
  account: Account;
  onEnrol: () => void;
  onSecrets: (secrets: Secrets) => void;
};

export function AccountState({ client, account, onEnrol, onSecrets }: AccountStateProps) {
  const { t } = useTranslation('infoscreens');
  const actions = useAccountActions(client, onSecrets);
  return (
    <Stack gap="md">
      <AccountFacts account={account} />
      <Row gap="sm">
        <Button variant="default" loading={actions.isBusy} onClick={actions.rotate}>
          {t('account.rotate')}
        </Button>
        <Menu width={300}>
          <Menu.Target>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('account.menu', { name: clientName(client) })}
            >
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconKey size={16} />} onClick={actions.renewByHand}>
              {t('account.byHand')}
            </Menu.Item>
            <Menu.Item leftSection={<IconQrcode size={16} />} onClick={onEnrol}>
              {t('account.enrolAgain')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={<IconBan size={16} />}
              onClick={actions.revoke}
            >
              {t('account.revoke')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Row>
    </Stack>
  );
}

function AccountFacts({ account: { username, createdAt, rotation } }: { account: Account }) {
  const { t } = useTranslation('infoscreens');
  const format = useTimeFormat();
  const facts = [
    { name: t('account.username'), value: <span className={classes.mono}>{username}</span> },
    { name: t('account.since'), value: format.date(parseApiTime(createdAt)) },
  ];
  if (rotation === null) return <Facts facts={facts} />;
  const newest = {
    name: t('account.rotation'),
    value: (
      <>
        {t(`rotation.${rotation.state}`)}
        {' · '}
        <Ago at={parseApiTime(rotation.since)} />
      </>
    ),
  };
  return <Facts facts={[...facts, newest]} />;
}
