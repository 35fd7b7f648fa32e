/** How many of the group are online, as numbers and as a bar, and how many need a look; opens the list of its devices. */
import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GroupCard } from '../group-cards';
import classes from './online-bar.module.css';

type OnlineBarProps = { card: GroupCard; open: boolean; onToggle: () => void; controls: string };

export function OnlineBar({ card, open, onToggle, controls }: OnlineBarProps) {
  const { t } = useTranslation('overview');
  const total = card.clients.length;
  if (total === 0)
    return (
      <Text size="sm" c="dimmed">
        {card.group.isUnassigned ? t('reach.none') : t('card.clientsEmpty')}
      </Text>
    );
  return (
    <UnstyledButton
      w="100%"
      onClick={onToggle}
      aria-expanded={open}
      aria-controls={controls}
      className={classes.button}
    >
      <Group justify="space-between" mb={8}>
        <Group gap={4}>
          <Text size="sm">{t('card.clients', { count: total })}</Text>
          <IconChevronDown size={16} className={classes.chevron} data-open={open} aria-hidden />
          <Warnings card={card} />
        </Group>
        <Text
          size="sm"
          c="dimmed"
          className="tabular"
          aria-label={t('card.onlineOf', { online: card.online, total })}
        >
          {`${card.online} / ${total}`}
        </Text>
      </Group>
      <div className={classes.track} aria-hidden>
        <div
          className={classes.bar}
          data-reach={card.reach}
          style={{ width: `${(card.online / total) * 100}%` }}
        />
      </div>
    </UnstyledButton>
  );
}

function Warnings({ card: { clients, warnings } }: { card: GroupCard }) {
  const { t } = useTranslation('overview');
  if (warnings === 0) return null;
  const isCritical = clients.some(({ status }) => status === 'critical');
  return (
    <Badge color={isCritical ? 'red' : 'orange'} ml={4}>
      {t('card.warnings', { count: warnings })}
    </Badge>
  );
}
