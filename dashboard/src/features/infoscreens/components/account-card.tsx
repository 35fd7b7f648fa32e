/** The device's account on the broker: whether there is one, how far a new password is, and what can be done. */
import { useTranslation } from 'react-i18next';
import type { Client } from '@/api/types';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';
import { useDialog } from '@/lib/use-dialog';
import type { Secrets } from '../account-secrets';
import { useBrokerAccount } from '../api/use-broker-account';
import { AccountState } from './account-state';
import { NoAccount } from './no-account';
import { RenewModal } from './renew-modal';
import { SecretsModal } from './secrets-modal';

export function AccountCard({ client }: { client: Client }) {
  const { t } = useTranslation('infoscreens');
  const account = useBrokerAccount(client.uuid);
  const secrets = useDialog<Secrets>();
  const renewing = useDialog<true>();
  const enrol = () => renewing.open(true);
  return (
    <SectionCard title={t('account.title')}>
      <QueryView query={account}>
        {(state) =>
          state === null ? (
            <NoAccount client={client} onEnrol={enrol} onSecrets={secrets.open} />
          ) : (
            <AccountState
              client={client}
              account={state}
              onEnrol={enrol}
              onSecrets={secrets.open}
            />
          )
        }
      </QueryView>
      <SecretsModal client={client} dialog={secrets} />
      <RenewModal key={renewing.turn} client={client} dialog={renewing} />
    </SectionCard>
  );
}
