/** One alert: what it is, about whom, since when, what to do, and what a person can say to it. */
import { Badge, Button, Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconUrgent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlertAnswer } from '@/api/generated/types.gen';
import { AnchorLink } from '@/components/ui/anchor-link';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { ProposedCommand, useProposal } from './proposed-command';
import { useAcknowledgeAlert } from './use-acknowledge-alert';
import { useResolveAlert } from './use-resolve-alert';

const COLORS = { critical: 'red', warning: 'orange' } as const;

export function AlertCard({ alert }: { alert: AlertAnswer }) {
  const { t } = useTranslation('alerts');
  const isOpen = alert.closedAt === null;
  const Glyph = !isOpen
    ? IconCheck
    : alert.severity === 'critical'
      ? IconUrgent
      : IconAlertTriangle;
  return (
    <Paper component="article" withBorder p="md" bg="var(--app-raised)">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <ThemeIcon
          variant="light"
          size={36}
          radius="md"
          color={isOpen ? COLORS[alert.severity] : 'teal'}
          aria-hidden
        >
          <Glyph size={20} stroke={1.7} />
        </ThemeIcon>
        <Stack gap={4} miw={0} style={{ flex: 1 }}>
          <Group gap="xs" justify="space-between" align="flex-start">
            <Text component="h2" fw={600} size="sm">
              {t(`kind.${alert.kind}.title`)}
            </Text>
            <Badge color={isOpen ? COLORS[alert.severity] : 'gray'}>
              {t(`severity.${alert.severity}`)}
            </Badge>
          </Group>
          <Subject alert={alert} />
          <Times alert={alert} />
          {isOpen && <Advice alert={alert} />}
          <Seen alert={alert} />
          {isOpen && <Actions alert={alert} />}
        </Stack>
      </Group>
    </Paper>
  );
}

function Subject({ alert }: { alert: AlertAnswer }) {
  const { t } = useTranslation('alerts');
  const { clientUuid, subjectName, groupName } = alert;
  if (clientUuid === null && subjectName === null) return null;
  const isNamed = alert.kind !== 'disk_low' && alert.kind !== 'broker_outage';
  return (
    <Group gap={6} fz="sm" style={{ overflowWrap: 'anywhere' }}>
      {clientUuid !== null && subjectName !== null ? (
        <AnchorLink
          to="/infoscreens/$uuid"
          params={{ uuid: clientUuid }}
          size="sm"
          aria-label={`${t('toScreen')}: ${subjectName}`}
        >
          {subjectName}
        </AnchorLink>
      ) : (
        isNamed && <span>{subjectName ?? t('deleted')}</span>
      )}
      {groupName !== null && (
        <AnchorLink to="/groups" search={{ q: groupName }} size="sm">
          {t('group', { name: groupName })}
        </AnchorLink>
      )}
    </Group>
  );
}

function Times({ alert }: { alert: AlertAnswer }) {
  const { t } = useTranslation('alerts');
  const format = useTimeFormat();
  const opened = format.dateTime(parseApiTime(alert.openedAt));
  const parts = [
    alert.closedAt === null
      ? t('since', { time: opened })
      : t('fromTo', { from: opened, to: format.dateTime(parseApiTime(alert.closedAt)) }),
  ];
  if (alert.count > 1) parts.push(t('seen', { count: alert.count }));
  if (alert.closing === 'recovered') parts.push(t('closing.recovered'));
  if (alert.closing === 'resolved') {
    parts.push(
      alert.closedBy === null
        ? t('closing.resolvedBySomeone')
        : t('closing.resolved', { who: alert.closedBy }),
    );
  }
  return (
    <Text size="xs" c="dimmed" className="tabular">
      {parts.join(' · ')}
    </Text>
  );
}

function Advice({ alert }: { alert: AlertAnswer }) {
  const { t } = useTranslation('alerts');
  const format = useTimeFormat();
  return (
    <Text size="sm" c="dimmed">
      {alert.kind === 'screen_frozen' && alert.since !== null
        ? t('kind.screen_frozen.adviceSince', { time: format.dateTime(parseApiTime(alert.since)) })
        : t(`kind.${alert.kind}.advice`)}
    </Text>
  );
}

function Seen({ alert }: { alert: AlertAnswer }) {
  const { t } = useTranslation('alerts');
  const format = useTimeFormat();
  if (alert.acknowledgedAt === null) return null;
  const time = format.dateTime(parseApiTime(alert.acknowledgedAt));
  return (
    <Text size="xs" c="dimmed" className="tabular">
      {t('acknowledgedBy', { who: alert.acknowledgedBy ?? t('someone'), time })}
    </Text>
  );
}

function Actions({ alert }: { alert: AlertAnswer }) {
  const { t } = useTranslation('alerts');
  const acknowledge = useAcknowledgeAlert();
  const resolve = useResolveAlert();
  const proposal = useProposal(alert);
  const path = { alert_id: alert.id };
  if (proposal === undefined && alert.acknowledgedAt !== null && !alert.mayResolve) return null;
  return (
    <Group gap="xs" mt={4}>
      {proposal && <ProposedCommand {...proposal} kind={alert.kind} />}
      {alert.acknowledgedAt === null && (
        <Button
          size="xs"
          variant="default"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ path })}
        >
          {t('acknowledge')}
        </Button>
      )}
      {alert.mayResolve && (
        <Button
          size="xs"
          variant="light"
          loading={resolve.isPending}
          onClick={() => resolve.mutate({ path })}
        >
          {t('resolve')}
        </Button>
      )}
    </Group>
  );
}
