import { useDroppable } from '@dnd-kit/react';
import { Badge, Group as Row, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientStatus, Group } from '@/api/types';
import type { Column } from '../board';
import type { Selection } from '../use-selection';
import classes from './board.module.css';
import { ColumnMenu } from './column-menu';
import { DeviceCard } from './device-card';

type BoardColumnProps = {
  column: Column;
  groups: Group[];
  selection: Selection;
  onMove: (client: ClientStatus, group: Group) => void;
};

export function BoardColumn({ column, groups, selection, onMove }: BoardColumnProps) {
  const { t } = useTranslation('groups');
  const { group, clients, total } = column;
  const { ref, isDropTarget } = useDroppable({ id: group.id });
  return (
    <section
      ref={ref}
      className={classes.column}
      data-target={isDropTarget}
      data-unassigned={group.isUnassigned}
      aria-label={group.name}
    >
      <Row className={classes.head} gap={8} wrap="nowrap">
        {group.color !== null && (
          <span className={classes.swatch} style={{ background: group.color }} />
        )}
        <Title order={2} fz={15} fw={650} lineClamp={1} flex={1} title={group.name}>
          {group.name}
        </Title>
        <Badge color="gray" aria-label={t('column.count', { count: total })}>
          {total}
        </Badge>
        <ColumnMenu column={column} groups={groups} onSelectAll={selection.add} />
      </Row>
      <ul className={classes.cards}>
        {clients.map((client) => (
          <DeviceCard
            key={client.uuid}
            client={client}
            groups={groups}
            isSelected={selection.selected.has(client.uuid)}
            onToggle={selection.toggle}
            onMove={onMove}
          />
        ))}
        {clients.length === 0 && <ColumnHint column={column} />}
      </ul>
    </section>
  );
}

function ColumnHint({ column: { group, total } }: { column: Column }) {
  const { t } = useTranslation('groups');
  const empty = group.isUnassigned ? 'column.emptyUnassigned' : 'column.empty';
  return (
    <Text component="li" size="xs" c="dimmed" className={classes.hint}>
      {t(total === 0 ? empty : 'column.noMatch')}
    </Text>
  );
}
