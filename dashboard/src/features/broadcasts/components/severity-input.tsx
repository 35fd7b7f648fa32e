import { Input, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '@/components/broadcasts/severity';
import type { BroadcastFields } from '../broadcast-fields';

type SeverityInputProps = {
  value: BroadcastFields['severity'];
  onChange: (severity: BroadcastFields['severity']) => void;
};

export function SeverityInput({ value, onChange }: SeverityInputProps) {
  const { t } = useTranslation('broadcasts');
  return (
    <Input.Wrapper
      label={t('form.severity')}
      description={t('form.severityHint')}
      labelElement="div"
    >
      <SegmentedControl
        fullWidth
        mt={6}
        aria-label={t('form.severity')}
        value={value}
        onChange={onChange}
        data={SEVERITIES.map((each) => ({ value: each, label: t(`severity.${each}`) }))}
      />
    </Input.Wrapper>
  );
}
