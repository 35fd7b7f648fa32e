import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EVENT_TYPES } from '@/components/ui/event-type';
import { type EventFields, OFFERED_TYPES } from '../event-fields';

type TypeSelectProps = {
  value: EventFields['type'];
  onChange: (type: EventFields['type']) => void;
  error?: string;
  disabled: boolean;
};

export function TypeSelect({ value, onChange, error, disabled }: TypeSelectProps) {
  const { t } = useTranslation(['events', 'common']);
  const { icon: Glyph } = EVENT_TYPES[value];
  // `other` exists in old data only: shown where it is, never offered.
  const types = value === 'other' ? [...OFFERED_TYPES, value] : OFFERED_TYPES;
  return (
    <Select
      label={t('form.type')}
      data={types.map((type) => ({ value: type, label: t(`common:eventType.${type}`) }))}
      value={value}
      onChange={(type) => type !== null && onChange(type)}
      error={error}
      leftSection={<Glyph size={17} stroke={1.7} aria-hidden />}
      allowDeselect={false}
      required
      disabled={disabled}
    />
  );
}
