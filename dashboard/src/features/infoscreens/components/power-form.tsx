/** The settings of a power switch; which fields there are follows its kind. */
import { NumberInput, Group as Row, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Driver, PowerSwitchAnswer } from '@/api/generated/types.gen';
import { DialogForm, inputOf } from '@/components/ui/dialog-form';
import {
  DRIVERS,
  fieldsOf,
  firstOutlet,
  isMqtt,
  isSnmp,
  type PowerSwitchFields,
} from '../power-switch-fields';
import { PowerLogin } from './power-login';
import { PowerMqtt } from './power-mqtt';
import { PowerSnmp } from './power-snmp';

type PowerFormProps = {
  present: PowerSwitchAnswer | null;
  isBusy: boolean;
  error: unknown;
  onSubmit: (fields: PowerSwitchFields) => void;
  onCancel: () => void;
};

export type PowerInput = (
  field: keyof PowerSwitchFields,
) => ReturnType<ReturnType<typeof useForm<PowerSwitchFields>>['getInputProps']>;

export function PowerForm({ present, isBusy, error, onSubmit, onCancel }: PowerFormProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const form = useForm<PowerSwitchFields>({ initialValues: fieldsOf(present) });
  const input: PowerInput = inputOf(form, error);
  const { driver } = form.values;

  function choose(chosen: string | null) {
    const next = DRIVERS.find((each) => each === chosen);
    if (next) form.setValues({ driver: next, outlet: firstOutlet(next) });
  }

  return (
    <DialogForm
      error={error}
      submitLabel={t('common:action.save')}
      isBusy={isBusy}
      onSubmit={form.onSubmit(onSubmit)}
      onCancel={onCancel}
    >
      <Select
        label={t('power.driver')}
        data={DRIVERS.map((each) => ({ value: each, label: t(`power.kind.${each}`) }))}
        value={driver}
        onChange={choose}
        error={input('driver').error}
        allowDeselect={false}
      />
      <Row grow align="flex-start">
        <TextInput
          {...input('address')}
          label={t(addressLabel(driver))}
          description={t('power.addressHint')}
          maxLength={300}
          data-autofocus
        />
        <TextInput
          {...input('outlet')}
          label={t(isSnmp(driver) ? 'power.port' : 'power.outlet')}
          description={t(`power.outletHint.${driver}`)}
          maxLength={32}
        />
      </Row>
      {isMqtt(driver) && <PowerMqtt driver={driver} input={input} isTls={form.values.tls} />}
      <PowerLogin driver={driver} fields={form.values} input={input} present={present} />
      {isSnmp(driver) && form.values.username.trim() !== '' && (
        <PowerSnmp input={input} present={present} />
      )}
      <NumberInput
        {...input('offSeconds')}
        label={t('power.offFor')}
        description={t('power.offHint')}
        min={3}
        max={60}
        suffix=" s"
        allowDecimal={false}
      />
    </DialogForm>
  );
}

function addressLabel(driver: Driver) {
  if (isMqtt(driver)) return 'power.brokerAddress' as const;
  return isSnmp(driver) ? ('power.poeAddress' as const) : ('power.plugAddress' as const);
}
