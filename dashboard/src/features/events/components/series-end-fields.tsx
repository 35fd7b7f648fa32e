import { Group, NumberInput, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@/components/ui/day-input';
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
          <DayInput
            aria-label={t('recurrence.untilDate')}
            value={until}
            onChange={(day) => change({ until: day })}
            minDate={earliest === '' ? undefined : earliest}
            error={errorOf('until')}
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
