import { Group, Paper, SimpleGrid, Text, ThemeIcon } from '@mantine/core';
import { IconCircleCheck, IconClock, IconDeviceTv, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTimeFormat } from '@/lib/school-time';

type TotalsProps = { totals: { clients: number; online: number; eventsToday: number } };

export function Totals({ totals: { clients, online, eventsToday } }: TotalsProps) {
  const { t } = useTranslation('overview');
  const { locale } = useTimeFormat();
  const tiles = [
    { key: 'clients', value: clients, icon: IconDeviceTv, color: 'indigo' },
    { key: 'online', value: online, icon: IconCircleCheck, color: 'teal' },
    { key: 'offline', value: clients - online, icon: IconPlugConnectedX, color: 'red' },
    { key: 'eventsToday', value: eventsToday, icon: IconClock, color: 'orange' },
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing={{ base: 'sm', sm: 'md' }}>
      {tiles.map(({ key, value, icon: Glyph, color }) => (
        <Paper key={key} withBorder p={{ base: 'sm', sm: 'md' }} bg="var(--app-surface)">
          <Group gap="md" wrap="nowrap">
            <ThemeIcon size={42} variant="light" color={color} visibleFrom="xs" aria-hidden>
              <Glyph size={22} stroke={1.7} />
            </ThemeIcon>
            <div>
              <Text size="sm" c="dimmed">
                {t(`totals.${key}`)}
              </Text>
              <Text fz={24} fw={700} lh={1.15} className="tabular">
                {value.toLocaleString(locale)}
              </Text>
            </div>
          </Group>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
