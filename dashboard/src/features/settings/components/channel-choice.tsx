/** Which alerts a channel tells of, how often, and in which language. */
import { MultiSelect, NumberInput, Select, SimpleGrid, Switch } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { zAlertKind } from '@/api/generated/zod.gen';
import type { ChannelFields, ChannelMistakes } from '../channel-fields';

type ChannelChoiceProps = { form: UseFormReturnType<ChannelFields>; mistakes: ChannelMistakes };

export function ChannelChoice({ form, mistakes }: ChannelChoiceProps) {
  const { t } = useTranslation(['settings', 'alerts']);
  const { kinds } = form.values;
  const offered = zAlertKind.options.map((value) => ({
    value,
    label: t(`alerts:kind.${value}.title`),
  }));
  return (
    <>
      <MultiSelect
        {...form.getInputProps('kinds')}
        error={mistakes.kinds}
        label={t('channels.kinds')}
        placeholder={kinds.length === 0 ? t('channels.allKinds') : undefined}
        data={offered.sort((one, other) => one.label.localeCompare(other.label))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('channels.kindsClear') }}
        hidePickedOptions
        nothingFoundMessage={t('channels.noKindFound')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          {...form.getInputProps('leastSeverity')}
          error={mistakes.leastSeverity}
          label={t('channels.severity')}
          data={(['warning', 'critical'] as const).map((value) => ({
            value,
            label: t(`channels.from.${value}`),
          }))}
          allowDeselect={false}
        />
        <Select
          {...form.getInputProps('language')}
          error={mistakes.language}
          label={t('channels.language')}
          data={(['de', 'en'] as const).map((value) => ({
            value,
            label: t(`channels.languageName.${value}`),
          }))}
          allowDeselect={false}
        />
      </SimpleGrid>
      <NumberInput
        {...form.getInputProps('quietMinutes')}
        error={mistakes.quietMinutes}
        label={t('channels.quiet')}
        description={t('channels.quietHint')}
        suffix=" min"
        min={0}
        max={1440}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
      />
      <Switch
        {...form.getInputProps('tellsClosed', { type: 'checkbox' })}
        label={t('channels.tellsClosed')}
      />
      <Switch
        {...form.getInputProps('isActive', { type: 'checkbox' })}
        label={t('channels.isActive')}
      />
    </>
  );
}
