/** Figures in a row at the top of a page. */
import { Group, Paper, SimpleGrid, Text, ThemeIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { useTimeFormat } from '@/lib/school-time';

export type Tile = { key: string; label: string; value: number; icon: Icon; color: string };

export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  const { locale } = useTimeFormat();
  return (
    <SimpleGrid
      cols={{ base: 2, sm: tiles.length > 4 ? 3 : 2, md: 4, lg: tiles.length }}
      spacing={{ base: 'sm', sm: 'md' }}
    >
      {tiles.map(({ key, label, value, icon: Glyph, color }) => (
        <Paper key={key} withBorder p={{ base: 'sm', sm: 'md' }} bg="var(--app-surface)">
          <Group gap="md" wrap="nowrap">
            <ThemeIcon size={42} variant="light" color={color} visibleFrom="xs" aria-hidden>
              <Glyph size={22} stroke={1.7} />
            </ThemeIcon>
            <div>
              <Text size="sm" c="dimmed">
                {label}
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
