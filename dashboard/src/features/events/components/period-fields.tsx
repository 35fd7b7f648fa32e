/** The academic period that an event belongs to, and whether a series leaves out its holidays. */
import { Select, SimpleGrid, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeriods } from '@/api/use-periods';
import type { FieldsProps } from './content-fields';

const NONE = 'none';

export function PeriodFields({ fields, set, errorOf, isReadOnly }: FieldsProps) {
  const { t } = useTranslation('events');
  const { data = [] } = usePeriods({ archived: true });
  const { academicPeriodId, skipHolidays, recurrence } = fields;
  const isSeries = recurrence.frequency !== 'none';
  const offered = data.filter(
    ({ id, isArchived }) => !isArchived || String(id) === academicPeriodId,
  );
  const active = data.find(({ isActive }) => isActive);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
      <Select
        label={t('form.period')}
        description={isSeries ? holidaysThatCount() : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[
          { value: NONE, label: t('form.noPeriod') },
          ...[...offered].reverse().map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={academicPeriodId ?? NONE}
        onChange={(id) => set({ academicPeriodId: id === NONE ? null : id })}
        error={errorOf('academicPeriodId')}
        allowDeselect={false}
        disabled={isReadOnly}
      />
      {isSeries && (
        <Switch
          mt={{ base: 0, xs: 30 }}
          label={t('form.skipHolidays')}
          checked={skipHolidays}
          onChange={(event) => set({ skipHolidays: event.currentTarget.checked })}
          disabled={isReadOnly}
        />
      )}
    </SimpleGrid>
  );

  function holidaysThatCount() {
    if (!skipHolidays || academicPeriodId !== null) return undefined;
    return active === undefined
      ? t('form.noActivePeriod')
      : t('form.activePeriodCounts', { name: active.name });
  }
}
