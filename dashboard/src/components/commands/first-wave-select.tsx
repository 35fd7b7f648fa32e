/** In which order many devices are commanded: at once, or a few first and the rest only if that goes well. */
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGroups } from '@/api/use-groups';
import type { Addressed, Terms } from './commands';

type Waves = Terms['waves'];

type FirstWaveSelectProps = { clients: Addressed[]; onChange: (waves: Waves) => void };

export function FirstWaveSelect({ clients, onChange }: FirstWaveSelectProps) {
  const { t } = useTranslation('commands');
  const choices = useChoices(clients);
  const [chosen, setChosen] = useState('all');
  return (
    <Select
      label={t('ask.order')}
      description={t('ask.orderHint')}
      data={choices.map(({ value, label }) => ({ value, label }))}
      value={chosen}
      onChange={(value) => {
        setChosen(value ?? 'all');
        onChange(choices.find((choice) => choice.value === value)?.waves ?? []);
      }}
      allowDeselect={false}
    />
  );
}

function useChoices(clients: Addressed[]): { value: string; label: string; waves: Waves }[] {
  const { t } = useTranslation('commands');
  const { data: groups = [] } = useGroups();
  const addressed = new Set(clients.map(({ groupId }) => groupId));
  const ofSeveral = addressed.size > 1 ? groups.filter(({ id }) => addressed.has(id)) : [];
  return [
    { value: 'all', label: t('ask.atOnce'), waves: [] },
    { value: 'one', label: t('ask.oneFirst'), waves: [{ size: 1 }] },
    ...ofSeveral.map(({ id, name }) => ({
      value: `group-${id}`,
      label: t('ask.groupFirst', { name }),
      waves: [{ groupId: id }],
    })),
  ];
}
