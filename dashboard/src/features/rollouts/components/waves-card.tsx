/** How each wave does; the next goes out only if few of it failed. */
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rollout } from '@/api/types';
import { RolloutBar } from '@/components/commands/rollout-bar';
import { RolloutCounts } from '@/components/commands/rollout-counts';
import { SectionCard } from '@/components/ui/section-card';
import { useTimeFormat } from '@/lib/school-time';

type Wave = Rollout['waves'][number];

export function WavesCard({ waves }: { waves: Wave[] }) {
  const { t } = useTranslation('commands');
  return (
    <SectionCard title={t('rollout.waves')}>
      <Stack gap="lg">
        {waves.map((wave) => (
          <WaveReport key={wave.number} wave={wave} />
        ))}
      </Stack>
    </SectionCard>
  );
}

function WaveReport({ wave }: { wave: Wave }) {
  const { t } = useTranslation('commands');
  const { locale } = useTimeFormat();
  const { number, state, failures, failurePercent } = wave;
  return (
    <div>
      <Group gap={8}>
        <Text size="sm" fw={600}>
          {t('rollout.wave', { number })}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`rollout.waveState.${state}`)}
        </Text>
      </Group>
      <RolloutBar tally={wave} />
      <Group gap="lg" mt={8}>
        <RolloutCounts tally={wave} />
        {failures > 0 && (
          <Text size="sm" c="var(--mantine-color-error)" className="tabular">
            {t('rollout.failures', { percent: failurePercent.toLocaleString(locale) })}
          </Text>
        )}
      </Group>
    </div>
  );
}
