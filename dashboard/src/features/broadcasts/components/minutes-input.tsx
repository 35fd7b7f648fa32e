/** How long a message lasts: any number of minutes up to a day, the usual ones by a click. */
import { Button, NumberInput, Group as Row } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type BroadcastFields, LONGEST_MINUTES, QUICK_MINUTES } from '../broadcast-fields';

type MinutesInputProps = {
  value: BroadcastFields['minutes'];
  onChange: (minutes: BroadcastFields['minutes']) => void;
  error: string | false;
};

export function MinutesInput({ value, onChange, error }: MinutesInputProps) {
  const { t } = useTranslation('broadcasts');
  return (
    <div>
      <NumberInput
        label={t('form.minutes')}
        description={t('form.minutesHint')}
        value={value}
        onChange={(given) => onChange(given === '' ? '' : Number(given))}
        error={error}
        required
        min={1}
        max={LONGEST_MINUTES}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
        styles={{ wrapper: { maxWidth: 220 } }}
      />
      <Row gap={6} mt={8}>
        {QUICK_MINUTES.map((minutes) => (
          <Button
            key={minutes}
            variant={value === minutes ? 'light' : 'default'}
            size="compact-sm"
            aria-pressed={value === minutes}
            onClick={() => onChange(minutes)}
          >
            {t('form.quickMinutes', { minutes })}
          </Button>
        ))}
      </Row>
    </div>
  );
}
