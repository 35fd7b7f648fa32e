import { Badge } from '@mantine/core';
import { toneOf } from '@/api/command-status';
import type { Command } from '@/api/types';
import { useCommandWords } from './command-words';

const COLORS = { open: 'blue', good: 'teal', bad: 'red', neutral: 'gray' } as const;

export function CommandStatusBadge({ status }: { status: Command['status'] }) {
  const words = useCommandWords();
  return (
    <Badge color={COLORS[toneOf(status)]} style={{ flexShrink: 0 }}>
      {words.status(status)}
    </Badge>
  );
}
