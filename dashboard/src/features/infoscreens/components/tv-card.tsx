/** The TV at the device: what it is told and why, what it did, and a word by hand that ends by itself. */
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPower } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientPowerAnswer } from '@/api/generated/types.gen';
import { Ago } from '@/components/ui/ago';
import { Facts } from '@/components/ui/facts';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useOverrideTv, useReleaseTv, useTv } from '../api/use-tv';

const CHOICES = [30, 60, 120, 240, 480, 1_440];
const USUAL = 60;

export function TvCard({ uuid }: { uuid: string }) {
  const { t } = useTranslation('infoscreens');
  return (
    <SectionCard title={t('tv.title')}>
      <QueryView query={useTv(uuid)}>
        {(tv) => (
          <Stack gap="md">
            <Told tv={tv} />
            {tv.reason === 'operator_override' ? <Release uuid={uuid} /> : <Override uuid={uuid} />}
          </Stack>
        )}
      </QueryView>
    </SectionCard>
  );
}

function Told({ tv: { desiredState, reason, since, until, reported } }: { tv: ClientPowerAnswer }) {
  const { t } = useTranslation('infoscreens');
  const format = useTimeFormat();
  return (
    <Facts
      facts={[
        { name: t('tv.told'), value: t(`tv.desired.${desiredState ?? 'nothing'}`) },
        ...(reason === null ? [] : [{ name: t('tv.why'), value: t(`tv.reason.${reason}`) }]),
        ...(since === null
          ? []
          : [{ name: t('tv.since'), value: <Ago at={parseApiTime(since)} /> }]),
        ...(until === null
          ? []
          : [{ name: t('tv.until'), value: format.dateTime(parseApiTime(until)) }]),
        {
          name: t('tv.reported'),
          value: reported === null ? t('tv.never') : <Reported reported={reported} />,
        },
      ]}
    />
  );
}

function Reported({ reported }: { reported: NonNullable<ClientPowerAnswer['reported']> }) {
  const { t } = useTranslation('infoscreens');
  const { observedState, method, result, error, reportedAt } = reported;
  return (
    <>
      {t(`tv.observed.${observedState}`)}
      {method !== null && ` (${t(`tv.method.${method}`)})`}
      {reportedAt !== null && (
        <>
          {' · '}
          <Ago at={parseApiTime(reportedAt)} />
        </>
      )}
      {result !== null && result !== 'applied' && (
        <Text size="sm" c="var(--mantine-color-error)" component="span" display="block">
          {[t(`tv.result.${result}`), error].filter((each) => each !== null).join(': ')}
        </Text>
      )}
    </>
  );
}

function Override({ uuid }: { uuid: string }) {
  const { t } = useTranslation('infoscreens');
  const [minutes, setMinutes] = useState(USUAL);
  const override = useOverrideTv(uuid);
  const tell = (desiredState: 'on' | 'off') =>
    override.mutate({ path: { uuid }, body: { desiredState, minutes } });
  return (
    <Group gap="sm">
      <Select
        aria-label={t('tv.for')}
        data={CHOICES.map((count) => ({
          value: String(count),
          label: count < 60 ? t('tv.minutes', { count }) : t('tv.hours', { count: count / 60 }),
        }))}
        value={String(minutes)}
        onChange={(value) => setMinutes(Number(value ?? USUAL))}
        allowDeselect={false}
        w={130}
      />
      {(['on', 'off'] as const).map((state) => (
        <Button
          key={state}
          variant="default"
          leftSection={<IconPower size={16} aria-hidden />}
          loading={override.isPending && override.variables.body.desiredState === state}
          onClick={() => tell(state)}
        >
          {t(`tv.switch.${state}`)}
        </Button>
      ))}
    </Group>
  );
}

function Release({ uuid }: { uuid: string }) {
  const { t } = useTranslation('infoscreens');
  const release = useReleaseTv(uuid);
  return (
    <Button
      variant="default"
      loading={release.isPending}
      onClick={() => release.mutate({ path: { uuid } })}
      style={{ alignSelf: 'flex-start' }}
    >
      {t('tv.release')}
    </Button>
  );
}
