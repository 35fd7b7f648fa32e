import { Badge, Card, Collapse, Divider, Group, Title } from '@mantine/core';
import { useDisclosure, useId } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { GroupCommandMenu } from '@/components/commands/group-command-menu';
import { WhyButton } from '@/components/explain/why-button';
import { HeldBadge } from '@/components/groups/held-badge';
import { HoldGroupItem } from '@/components/groups/hold-group-item';
import type { GroupCard as CardData } from '../group-cards';
import { DeviceList } from './device-list';
import classes from './group-card.module.css';
import { OnlineBar } from './online-bar';
import { Programme } from './programme';
import { UnassignedNote } from './unassigned-note';

const REACH_COLORS = { online: 'teal', partly: 'orange', offline: 'red', none: 'gray' } as const;

export function GroupCard({ card, at }: { card: CardData; at: Date }) {
  const { t } = useTranslation('overview');
  const [open, { toggle }] = useDisclosure();
  const devicesId = useId();
  const { group, clients, reach } = card;
  return (
    <Card
      withBorder
      padding="md"
      component="article"
      aria-label={group.name}
      bg="var(--app-raised)"
    >
      <Group justify="space-between" gap="4px 8px" mb="sm">
        <Title order={2} fz={16} fw={650} lineClamp={2}>
          {group.name}
        </Title>
        <Group gap={6} wrap="nowrap" className={classes.badges}>
          <Badge
            color={REACH_COLORS[reach]}
            leftSection={reach !== 'none' && <ReachDot reach={reach} />}
          >
            {t(`reach.${reach}`)}
          </Badge>
          <HeldBadge pausedAt={group.pausedAt} />
          <WhyButton compact about={{ kind: 'group', id: group.id, name: group.name }} />
          <GroupCommandMenu name={group.name} clients={clients}>
            {group.isUnassigned ? undefined : <HoldGroupItem group={group} />}
          </GroupCommandMenu>
        </Group>
      </Group>
      {group.isUnassigned ? (
        <UnassignedNote isEmpty={clients.length === 0} />
      ) : (
        <Programme card={card} at={at} />
      )}
      <Divider my="sm" />
      <OnlineBar card={card} open={open} onToggle={toggle} controls={devicesId} />
      <Collapse expanded={open} id={devicesId}>
        {open && <DeviceList clients={clients} />}
      </Collapse>
    </Card>
  );
}

const DOT_COLORS = { online: 'good', partly: 'part', offline: 'bad' } as const;

function ReachDot({ reach }: { reach: keyof typeof DOT_COLORS }) {
  return (
    <span
      style={{
        display: 'block',
        width: 7,
        height: 7,
        borderRadius: 7,
        background: `var(--app-${DOT_COLORS[reach]})`,
      }}
    />
  );
}
