/** An event that could be on, and each rule that was looked at with how it went; the words are the server's. */
import { Badge, Group, Paper, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '@/api/types';
import { EventTypeIcon } from '@/components/ui/event-type';
import { useSchoolZone, useTimeFormat } from '@/lib/school-time';
import { isSameDay, parseApiTime } from '@/lib/time';
import classes from './explain.module.css';

export function CandidateCard({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation('explain');
  const { title, type, isShown, findings } = candidate;
  return (
    <Paper withBorder p="sm" component="article" aria-label={title} bg="var(--app-raised)">
      <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
        <Group gap="xs" wrap="nowrap" align="flex-start" miw={0}>
          <EventTypeIcon type={type} />
          <div className={classes.title}>
            <Text size="sm" fw={600} lh="22px">
              {title}
            </Text>
            <Text size="xs" c="dimmed" className="tabular">
              <When candidate={candidate} />
            </Text>
          </div>
        </Group>
        <Badge color={isShown ? 'teal' : 'gray'} className={classes.badge}>
          {t(isShown ? 'shown' : 'notShown')}
        </Badge>
      </Group>
      <ul className={classes.findings}>
        {findings.map(({ code, holds, sentence }) => (
          <li key={code} data-holds={holds}>
            {holds ? (
              <IconCheck size={16} role="img" aria-label={t('won')} />
            ) : (
              <IconX size={16} role="img" aria-label={t('lost')} />
            )}
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function When({ candidate: { startTime, endTime } }: { candidate: Candidate }) {
  const zone = useSchoolZone();
  const format = useTimeFormat();
  const [start, end] = [parseApiTime(startTime), parseApiTime(endTime)];
  if (isSameDay(start, end, zone)) return `${format.date(start)}, ${format.timeRange(start, end)}`;
  return `${format.dateTime(start)} – ${format.dateTime(end)}`;
}
