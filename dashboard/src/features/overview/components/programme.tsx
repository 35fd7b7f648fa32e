/** The two lines of a card that matter most: what is on now, and what comes next. */
import { Text, ThemeIcon } from '@mantine/core';
import { IconMinus, IconSpeakerphone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Showing } from '@/api/use-occurrences';
import { lookOf } from '@/components/broadcasts/severity';
import { EventTypeIcon } from '@/components/ui/event-type';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import type { GroupCard } from '../group-cards';
import classes from './programme.module.css';

/** Overlapping events all play; a card names the first ones and counts the rest. */
const SHOWN_AT_ONCE = 2;

export function Programme({ card, at }: { card: GroupCard; at: Date }) {
  const { t } = useTranslation('overview');
  const format = useTimeFormat();
  const { next, broadcast } = card;
  const isHeld = card.group.pausedAt !== null;
  // What overrules the plan is on instead of it.
  const now = broadcast === null && !isHeld ? card.now : [];
  const shown = now.slice(0, SHOWN_AT_ONCE);
  const span = ({ start, end }: Showing) => `${format.near(start, at)}–${format.near(end, at)}`;
  return (
    <dl className={classes.list}>
      <Line label={t('card.now')} icon={<NowIcon card={card} />}>
        {broadcast !== null && (
          <Title
            subject={broadcast.message}
            when={t(broadcast.drill ? 'card.broadcastDrill' : 'card.broadcast', {
              time: format.near(parseApiTime(broadcast.endsAt), at),
            })}
          />
        )}
        {broadcast === null && shown.length === 0 && (
          <Text size="sm" c="dimmed">
            {t(isHeld ? 'card.held' : 'card.nothingNow')}
          </Text>
        )}
        {shown.map((showing) => (
          <Title key={showing.occurrenceId} subject={showing.subject} when={span(showing)} />
        ))}
        {now.length > SHOWN_AT_ONCE && (
          <Text size="xs" c="dimmed">
            {t('card.more', { count: now.length - SHOWN_AT_ONCE })}
          </Text>
        )}
      </Line>
      <Line label={t('card.next')} icon={<TypeIcon showing={next} />}>
        {next === null ? (
          <Text size="sm" c="dimmed">
            {t('card.nothingNext')}
          </Text>
        ) : (
          <Title subject={next.subject} when={format.near(next.start, at)} />
        )}
      </Line>
    </dl>
  );
}

function NowIcon({ card: { group, now, broadcast } }: { card: GroupCard }) {
  if (broadcast !== null)
    return (
      <ThemeIcon size={22} radius="sm" variant="light" color={lookOf(broadcast).color} aria-hidden>
        <IconSpeakerphone size={14} />
      </ThemeIcon>
    );
  return <TypeIcon showing={group.pausedAt === null ? now[0] : null} />;
}

function TypeIcon({ showing }: { showing: Showing | null | undefined }) {
  if (showing) return <EventTypeIcon type={showing.type} />;
  return (
    <ThemeIcon size={22} radius="sm" variant="default" aria-hidden>
      <IconMinus size={14} />
    </ThemeIcon>
  );
}

function Line({ label, icon, children }: { label: string; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <dt className={classes.label}>
        {icon}
        <span>{label}</span>
      </dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
}

/** A long title is cut, its time never. */
function Title({ subject, when }: { subject: string; when: string }) {
  return (
    <div className={classes.title}>
      <span className={classes.subject} title={subject}>
        {subject}
      </span>
      <span className={classes.when}>{when}</span>
    </div>
  );
}
