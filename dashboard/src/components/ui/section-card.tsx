/** A titled part of a page that has several. */
import { Group, Paper, Title } from '@mantine/core';
import { useId } from '@mantine/hooks';
import type { ReactNode } from 'react';

type SectionCardProps = { title: string; actions?: ReactNode; children: ReactNode };

export function SectionCard({ title, actions, children }: SectionCardProps) {
  const titleId = useId();
  return (
    <Paper component="section" aria-labelledby={titleId} withBorder p="md" bg="var(--app-raised)">
      <Group justify="space-between" mb="sm" gap="xs" mih={28}>
        <Title order={2} fz={16} fw={650} id={titleId}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
