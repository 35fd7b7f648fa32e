/** One device: how it is, what it is, its settings and its account. */
import { Button } from '@mantine/core';
import { IconArrowLeft, IconDeviceTvOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { hasStatus } from '@/api/problem';
import { ClientStatusBadge } from '@/components/devices/client-status-badge';
import { PictureHistory } from '@/components/devices/picture-history';
import { WhyButton } from '@/components/explain/why-button';
import { AnchorLink } from '@/components/ui/anchor-link';
import { EmptyState } from '@/components/ui/empty-state';
import { LiveBadge } from '@/components/ui/live-badge';
import { Page } from '@/components/ui/page';
import { QueryView } from '@/components/ui/query-view';
import { type Infoscreen, useInfoscreen } from '../api/use-infoscreen';
import { AccountCard } from './account-card';
import { CommandsCard } from './commands-card';
import { DeleteCard } from './delete-card';
import { DeviceCommands } from './device-commands';
import { HardwareCard } from './hardware-card';
import { HistoryCard } from './history-card';
import classes from './infoscreen-page.module.css';
import { LogCard } from './log-card';
import { PowerCard } from './power-card';
import { SettingsCard } from './settings-card';
import { StateCard } from './state-card';
import { TvCard } from './tv-card';

const route = getRouteApi('/shell/infoscreens/$uuid');

export function InfoscreenPage() {
  const { uuid } = route.useParams();
  const infoscreen = useInfoscreen(uuid);
  if (infoscreen.data === undefined && hasStatus(infoscreen.error, 404)) return <Gone />;
  return <QueryView query={infoscreen}>{(device) => <Device key={uuid} {...device} />}</QueryView>;
}

function Device({ client, status, groups }: Infoscreen) {
  const group = groups.find(({ id }) => id === status.groupId);
  return (
    <>
      <BackLink />
      <Page
        title={clientName(client)}
        subtitle={
          <>
            <ClientStatusBadge status={status.status} />
            <span>{group?.name}</span>
            <LiveBadge />
          </>
        }
        actions={
          <>
            <WhyButton about={{ kind: 'client', uuid: client.uuid, name: clientName(client) }} />
            <DeviceCommands client={status} />
          </>
        }
      >
        <div className={classes.columns}>
          <div className={classes.column}>
            <PictureHistory client={client} />
            <HistoryCard uuid={client.uuid} />
            <CommandsCard uuid={client.uuid} />
            <LogCard uuid={client.uuid} />
          </div>
          <div className={classes.column}>
            <StateCard status={status} />
            <SettingsCard client={client} groups={groups} />
            <TvCard uuid={client.uuid} />
            <PowerCard client={client} />
            <AccountCard client={client} />
            <HardwareCard client={client} />
            <DeleteCard client={client} />
          </div>
        </div>
      </Page>
    </>
  );
}

function BackLink() {
  const { t } = useTranslation('infoscreens');
  return (
    <AnchorLink to="/infoscreens" size="sm" className={classes.back}>
      <IconArrowLeft size={16} aria-hidden />
      {t('back')}
    </AnchorLink>
  );
}

function Gone() {
  const { t } = useTranslation(['infoscreens', 'common']);
  return (
    <Page title={t('common:nav.infoscreens')}>
      <EmptyState
        icon={IconDeviceTvOff}
        title={t('gone.title')}
        text={t('gone.text')}
        action={
          <Button component={Link} to="/infoscreens">
            {t('back')}
          </Button>
        }
      />
    </Page>
  );
}
