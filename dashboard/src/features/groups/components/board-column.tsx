import { useDroppable } from '@dnd-kit/react';
import { Badge, Group as Row, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { HeldBadge } from '@/components/groups/held-badge';
import type { Column } from '../board';
import { useNearViewport } from '../use-near-viewport';
import classes from './board.module.css';
import { ColumnMenu } from './column-menu';
import { DeviceCard } from './device-card';

/** Card and gap, for columns whose cards are not drawn yet. */
const CARD_PX = 64;

type BoardColumnProps = { column: Column; selected: ReadonlySet<string> };

export function BoardColumn({ column, selected }: BoardColumnProps) {
  const { t } = useTranslation('groups');
  const { group, clients, total } = column;
  const { ref: dropRef, isDropTarget } = useDroppable({ id: group.id });
  const { ref: listRef, isNear } = useNearViewport<HTMLUListElement>();
  return (
    <section
      ref={dropRef}
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
        <HeldBadge pausedAt={group.pausedAt} />
        <Badge color="gray" aria-label={t('column.count', { count: total })}>
          {total}
        </Badge>
        <ColumnMenu column={column} />
      </Row>
      <ul ref={listRef} className={classes.cards}>
        {isNear ? (
          clients.map((client) => (
            <DeviceCard key={client.uuid} client={client} isSelected={selected.has(client.uuid)} />
          ))
        ) : (
          <li style={{ flexShrink: 0, height: clients.length * CARD_PX }} />
        )}
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
