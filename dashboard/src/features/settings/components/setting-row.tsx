/** One setting: its name, what it is for, and the field that fits its type. */
import { Input, NumberInput, Select, Switch, Text, TextInput } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Setting } from '@/api/types';
import { OpeningHoursInput } from '@/components/ui/opening-hours-input';
import { parseHours } from '@/lib/opening-hours';
import type { SettingKey } from '../setting-keys';
import classes from './settings.module.css';

const PER_CENT = 100;

type SettingRowProps = {
  name: SettingKey;
  type: Setting['type'];
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
};

export function SettingRow(props: SettingRowProps) {
  const { name, type, value, error, onChange } = props;
  const { t } = useTranslation('settings');
  const id = useId();
  const hint = t(`setting.${name}.hint`);
  if (type === 'hours')
    return (
      <OpeningHoursInput
        label={t(`setting.${name}.label`)}
        description={hint}
        switchLabel={t('hours.use')}
        value={parseHours(value)}
        onChange={(hours) => onChange(hours === null ? '' : JSON.stringify(hours))}
        error={error}
      />
    );
  return (
    <div className={classes.setting}>
      <div>
        <Input.Label htmlFor={id}>{t(`setting.${name}.label`)}</Input.Label>
        {hint !== '' && (
          <Text size="sm" c="dimmed" id={`${id}-hint`}>
            {hint}
          </Text>
        )}
      </div>
      <Field {...props} id={id} describedBy={hint === '' ? undefined : `${id}-hint`} />
    </div>
  );
}

type FieldProps = SettingRowProps & { id: string; describedBy: string | undefined };

function Field({ name, type, value, error, onChange, id, describedBy }: FieldProps) {
  const { t } = useTranslation('settings');
  const common = { id, error, 'aria-describedby': describedBy };
  switch (type) {
    case 'flag':
      return (
        <Switch
          {...common}
          checked={value === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      );
    case 'whole':
      return (
        <NumberInput
          {...common}
          value={value}
          onChange={(next) => onChange(String(next))}
          suffix={` ${t(`setting.${name}.unit`, { defaultValue: '' })}`}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=" "
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={Math.round(Number(value) * PER_CENT)}
          onChange={(next) => onChange(String(Number(next) / PER_CENT))}
          suffix=" %"
          min={0}
          max={PER_CENT}
          step={5}
          allowDecimal={false}
        />
      );
    case 'zone':
      return <ZoneSelect {...common} value={value} onChange={onChange} />;
    default:
      return (
        <TextInput
          {...common}
          type={type === 'address' ? 'url' : 'text'}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

type ZoneSelectProps = {
  id: string;
  error: string | undefined;
  'aria-describedby': string | undefined;
  value: string;
  onChange: (value: string) => void;
};

function ZoneSelect(props: ZoneSelectProps) {
  const zones = useMemo(
    () => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').filter(isPlace)])],
    [],
  );
  const { value, onChange, ...rest } = props;
  return (
    <Select
      {...rest}
      data={zones.includes(value) ? zones : [value, ...zones]}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      searchable
      allowDeselect={false}
      limit={50}
    />
  );
}

const isPlace = (zone: string) => zone.includes('/');
