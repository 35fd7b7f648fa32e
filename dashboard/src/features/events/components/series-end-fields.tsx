import { Group, NumberInput, Radio } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { parseDay } from '@/lib/days';
import type { Recurrence, SeriesEnd } from '../recurrence/rule';

const ENDS: SeriesEnd[] = ['never', 'until', 'count'];

type SeriesEndFieldsProps = {
  recurrence: Recurrence;
  earliest: string;
  change: (part: Partial<Recurrence>) => void;
  errorOf: (name: string) => string | undefined;
  isReadOnly: boolean;
};

export function SeriesEndFields(props: SeriesEndFieldsProps) {
  const { recurrence, earliest, change, errorOf, isReadOnly } = props;
  const { t } = useTranslation('events');
  const { end, until, count } = recurrence;
  return (
    <Radio.Group
      label={t('recurrence.end')}
      value={end}
      onChange={(value) => change({ end: ENDS.find((each) => each === value) ?? 'never' })}
    >
      <Group gap="md" mt={4} mih={36}>
        {ENDS.map((value) => (
          <Radio key={value} value={value} label={t(`recurrence.${value}`)} disabled={isReadOnly} />
        ))}
        {end === 'until' && (
          <DateInput
            aria-label={t('recurrence.untilDate')}
            value={until === '' ? null : until}
            onChange={(day) => change({ until: day ?? '' })}
            valueFormat={t('form.datePattern')}
            dateParser={parseDay}
            minDate={earliest === '' ? undefined : earliest}
            error={errorOf('until')}
            previousLabel={t('form.previousMonth')}
            nextLabel={t('form.nextMonth')}
            w={150}
          />
        )}
        {end === 'count' && (
          <NumberInput
            aria-label={t('recurrence.countLabel')}
            value={count}
            onChange={(value) => change({ count: Number(value) })}
            suffix={` ${t('recurrence.countUnit', { count })}`}
            error={errorOf('count')}
            min={1}
            max={999}
            allowDecimal={false}
            w={150}
          />
        )}
      </Group>
    </Radio.Group>
  );
}
