/** What switches the device's power, if something does: set up, asked how it stands, taken away. */
import { Button, Group as Row, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import type { PowerSwitchAnswer } from '@/api/generated/types.gen';
import type { Client } from '@/api/types';
import { useConfirmLoss } from '@/components/ui/confirm';
import { Facts } from '@/components/ui/facts';
import { useNotify } from '@/components/ui/notify';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';
import { useDialog } from '@/lib/use-dialog';
import { usePowerSwitch } from '../api/use-power-switch';
import { usePowerSwitchState } from '../api/use-power-switch-state';
import { useRemovePowerSwitch } from '../api/use-remove-power-switch';
import classes from './infoscreens.module.css';
import { PowerModal } from './power-modal';

export function PowerCard({ client }: { client: Client }) {
  const { t } = useTranslation('infoscreens');
  const powerSwitch = usePowerSwitch(client.uuid);
  const editing = useDialog<PowerSwitchAnswer | null>();
  return (
    <SectionCard title={t('power.title')}>
      <QueryView query={powerSwitch}>
        {(present) =>
          present === null ? (
            <Nothing onSetUp={() => editing.open(null)} />
          ) : (
            <Present client={client} present={present} onEdit={() => editing.open(present)} />
          )
        }
      </QueryView>
      <PowerModal key={editing.turn} client={client} dialog={editing} />
    </SectionCard>
  );
}

function Nothing({ onSetUp }: { onSetUp: () => void }) {
  const { t } = useTranslation('infoscreens');
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        {t('power.none')}
      </Text>
      <Button variant="default" onClick={onSetUp}>
        {t('power.setUp')}
      </Button>
    </Stack>
  );
}

type PresentProps = { client: Client; present: PowerSwitchAnswer; onEdit: () => void };

function Present({ client, present, onEdit }: PresentProps) {
  const { t } = useTranslation('infoscreens');
  const notify = useNotify();
  const confirmLoss = useConfirmLoss();
  const state = usePowerSwitchState(client.uuid);
  const remove = useRemovePowerSwitch(client.uuid);
  const name = clientName(client);

  const check = () =>
    state.mutate(undefined, {
      onSuccess: ({ isOn }) => notify.success(t(isOn ? 'power.isOn' : 'power.isOff', { name })),
      onError: notify.failure,
    });

  const ask = () =>
    confirmLoss({
      title: t('power.removeTitle', { name }),
      children: t('power.removeText'),
      confirm: t('power.remove'),
      onConfirm: () => remove.mutate({ path: { uuid: client.uuid } }, { onError: notify.failure }),
    });

  return (
    <Stack gap="md">
      <Facts
        facts={[
          { name: t('power.driver'), value: t(`power.kind.${present.driver}`) },
          {
            name: t('power.address'),
            value: <span className={classes.mono}>{present.address}</span>,
          },
          { name: t('power.outlet'), value: present.outlet },
          { name: t('power.offFor'), value: t('power.seconds', { count: present.offSeconds }) },
        ]}
      />
      <Row gap="sm">
        <Button variant="default" loading={state.isPending} onClick={check}>
          {t('power.check')}
        </Button>
        <Button variant="default" onClick={onEdit}>
          {t('power.edit')}
        </Button>
        <Button
          variant="default"
          c="var(--mantine-color-error)"
          loading={remove.isPending}
          onClick={ask}
        >
          {t('power.remove')}
        </Button>
      </Row>
    </Stack>
  );
}
