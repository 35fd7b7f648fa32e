/** Renewing and revoking an account, each with the question it needs. */
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { Client } from '@/api/types';
import { useConfirmLoss } from '@/components/ui/confirm';
import { useNotify } from '@/components/ui/notify';
import { type Secrets, secretsOf } from './account-secrets';
import { useRevokeBrokerAccount } from './api/use-revoke-broker-account';
import { useRotateBrokerAccount } from './api/use-rotate-broker-account';

export function useAccountActions(client: Client, onSecrets: (secrets: Secrets) => void) {
  const { t } = useTranslation('infoscreens');
  const notify = useNotify();
  const confirmLoss = useConfirmLoss();
  const renew = useRotateBrokerAccount(client.uuid);
  const remove = useRevokeBrokerAccount(client.uuid);
  const path = { uuid: client.uuid };
  const name = clientName(client);

  const rotate = () =>
    renew.mutate(
      { path },
      { onSuccess: () => notify.success(t('account.waits')), onError: notify.failure },
    );

  const renewByHand = () =>
    confirmLoss({
      title: t('account.byHandTitle', { name }),
      children: t('account.byHandText'),
      confirm: t('account.byHandConfirm'),
      onConfirm: () =>
        renew.mutate(
          { path, body: { manual: true } },
          {
            onSuccess: (answer) => {
              const secrets = secretsOf(answer);
              if (secrets !== null) onSecrets(secrets);
            },
            onError: notify.failure,
          },
        ),
    });

  const revoke = () =>
    confirmLoss({
      title: t('account.revokeTitle', { name }),
      children: t('account.revokeText'),
      confirm: t('account.revokeConfirm'),
      onConfirm: () =>
        remove.mutate(
          { path },
          {
            onSuccess: () => notify.success(t('account.revoked', { name })),
            onError: notify.failure,
          },
        ),
    });

  return { rotate, renewByHand, revoke, isBusy: renew.isPending || remove.isPending };
}
