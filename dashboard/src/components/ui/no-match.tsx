/** Nothing fits the filters, and the way to see everything again. */
import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { EmptyState } from './empty-state';

type NoMatchProps = { title: string; action: string; onShowAll: () => void };

export function NoMatch({ title, action, onShowAll }: NoMatchProps) {
  return (
    <EmptyState
      icon={IconFilterOff}
      title={title}
      action={
        <Button variant="default" onClick={onShowAll}>
          {action}
        </Button>
      }
    />
  );
}
