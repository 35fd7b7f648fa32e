/** What the stages alone do not say: lateness, why it failed, until when a lockout holds, what to do on site. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hasEnded } from '@/api/command-status';
import type { Command } from '@/api/types';
import { useClientCommands } from '@/api/use-client-commands';
import { Ago } from '@/components/ui/ago';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useCommandWords } from './command-words';
import { LOCKOUT_AFTER, LOCKOUT_MINUTES, lockoutEnd } from './lockout';

export function CommandExplanation({ command }: { command: Command }) {
  const { t } = useTranslation('commands');
  if (!hasEnded(command.status)) return <Lateness command={command} />;
  if (command.status === 'blocked_safety') return <Lockout command={command} />;
  if (command.status === 'manual_intervention_required')
    return <Text size="sm">{t('manualIntervention')}</Text>;
  return <Failure command={command} />;
}

function Lateness({ command: { overdueSince, expiresAt } }: { command: Command }) {
  const { t } = useTranslation('commands');
  const format = useTimeFormat();
  if (overdueSince === null) return null;
  return (
    <Text size="sm">
      <Text span inherit fw={600}>
        {t('overdue.since')} <Ago at={parseApiTime(overdueSince)} />
      </Text>
      {t('overdue.text', { time: format.clock(parseApiTime(expiresAt)) })}
    </Text>
  );
}

function Failure({ command: { errorCode, errorMessage } }: { command: Command }) {
  const words = useCommandWords();
  if (errorCode === null) return null;
  return (
    <div>
      <Text size="sm">{words.error(errorCode)}</Text>
      {errorMessage !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {errorMessage}
        </Text>
      )}
    </div>
  );
}

/** Enough to reach over every command that can count for a lockout, and some blocked ones between them. */
const LOCKOUT_HISTORY = 50;

function Lockout({ command }: { command: Command }) {
  const { t } = useTranslation('commands');
  const format = useTimeFormat();
  const { data } = useClientCommands(command.clientUuid, LOCKOUT_HISTORY);
  const end = data === undefined ? null : lockoutEnd(command, data.commands);
  return (
    <Text size="sm">
      {t('lockout.rule', { count: LOCKOUT_AFTER, minutes: LOCKOUT_MINUTES })}
      {end !== null && ` ${t('lockout.until', { time: format.time(end) })}`}
    </Text>
  );
}
