/** What the device has told of itself. */
import { useTranslation } from 'react-i18next';
import type { Client } from '@/api/types';
import { Facts } from '@/components/ui/facts';
import { SectionCard } from '@/components/ui/section-card';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useRecoveryClassText } from '../recovery-class-text';
import classes from './infoscreens.module.css';

export function HardwareCard({ client }: { client: Client }) {
  const { t } = useTranslation('infoscreens');
  const format = useTimeFormat();
  const recoveryClassText = useRecoveryClassText();
  const { macs, watchdogEnabled, recoveryClass } = client;
  const watchdog =
    watchdogEnabled === null ? null : t(watchdogEnabled ? 'hardware.on' : 'hardware.off');
  return (
    <SectionCard title={t('hardware.title')}>
      <Facts
        facts={[
          { name: t('hardware.hostname'), value: client.hostname },
          { name: t('hardware.ip'), value: client.ip },
          { name: t('hardware.macs'), value: macs === null ? null : macs.join(', ') },
          { name: t('column.model'), value: client.model },
          { name: t('hardware.os'), value: client.osVersion },
          { name: t('column.software'), value: client.softwareVersion },
          { name: t('hardware.bootSource'), value: client.bootSource },
          { name: t('hardware.watchdog'), value: watchdog },
          {
            name: t('hardware.recoveryClass'),
            value: recoveryClass === null ? null : recoveryClassText(recoveryClass),
          },
          { name: t('hardware.since'), value: format.date(parseApiTime(client.createdAt)) },
          {
            name: t('hardware.uuid'),
            value: <span className={classes.mono}>{client.uuid}</span>,
          },
        ]}
      />
    </SectionCard>
  );
}
