/** Nothing here yet: says so, says what to do, and offers it. */
import { Center, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type EmptyStateProps = { icon: Icon; title: string; text?: string; action?: ReactNode };

export function EmptyState({ icon: Glyph, title, text, action }: EmptyStateProps) {
  return (
    <Paper withBorder p="xl" bg="var(--app-raised)">
      <Center mih={220}>
        <Stack align="center" gap="sm" maw={440}>
          <ThemeIcon size={52} radius="lg" variant="light" aria-hidden>
            <Glyph size={28} stroke={1.6} />
          </ThemeIcon>
          <Title order={2} size="h4" ta="center">
            {title}
          </Title>
          {text !== undefined && (
            <Text c="dimmed" size="sm" ta="center">
              {text}
            </Text>
          )}
          {action}
        </Stack>
      </Center>
    </Paper>
  );
}
