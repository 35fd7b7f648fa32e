/** Who sees a message: the whole school, or some groups. */
import { Input, MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import type { BroadcastFields, Reach } from '../broadcast-fields';

type ReachInputProps = {
  fields: BroadcastFields;
  groups: Group[];
  onChange: (changed: Partial<BroadcastFields>) => void;
  error: string | false;
};

export function ReachInput({ fields, groups, onChange, error }: ReachInputProps) {
  const { t } = useTranslation('broadcasts');
  const real = groups.filter((group) => !group.isUnassigned);
  return (
    <Stack gap={8}>
      <Input.Wrapper label={t('form.reach')} labelElement="div">
        <SegmentedControl<Reach>
          fullWidth
          aria-label={t('form.reach')}
          value={fields.reach}
          onChange={(reach) => onChange({ reach })}
          data={[
            { value: 'all', label: t('form.all') },
            { value: 'some', label: t('form.some') },
          ]}
        />
      </Input.Wrapper>
      {fields.reach === 'some' ? (
        <MultiSelect
          label={t('form.groups')}
          placeholder={fields.groupIds.length === 0 ? t('form.groupsPlaceholder') : undefined}
          data={real.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={fields.groupIds.map(String)}
          onChange={(ids) => onChange({ groupIds: ids.map(Number) })}
          error={error}
          required
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('form.groupsClear') }}
          hidePickedOptions
          nothingFoundMessage={t('form.noGroupFound')}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('form.allHint', { count: real.length })}
        </Text>
      )}
    </Stack>
  );
}
