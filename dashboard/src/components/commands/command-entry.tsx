import { Accordion, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Command } from '@/api/types';
import { useCommand } from '@/api/use-command';
import { QueryView } from '@/components/ui/query-view';
import { useTimeFormat } from '@/lib/school-time';
import { useSession } from '@/lib/session';
import { parseApiTime } from '@/lib/time';
import { COMMAND_ACTIONS } from './actions';
import { CommandStatusBadge } from './command-status-badge';
import { CommandTimeline } from './command-timeline';
import { useCommandWords } from './command-words';

type CommandEntryProps = {
  command: Command;
  /** Where several devices' commands stand together. */
  device?: string;
};

/** One command of a history, which opens to its timeline. */
export function CommandEntry({ command, device }: CommandEntryProps) {
  const { t } = useTranslation('commands');
  const format = useTimeFormat();
  const words = useCommandWords();
  const { id: ownId } = useSession();
  const { action, status, reason, requestedBy, issuedAt, overdueSince, commandId } = command;
  const { icon: Glyph } = COMMAND_ACTIONS[action];
  const about = [
    device ?? null,
    format.dateTime(parseApiTime(issuedAt)),
    requestedBy === ownId ? t('history.byYou') : null,
    reason === null ? null : words.reason(reason),
  ];
  return (
    <Accordion.Item value={commandId}>
      <Accordion.Control icon={<Glyph size={18} stroke={1.7} aria-hidden />}>
        <Group gap={8}>
          <Text size="sm" fw={600}>
            {words.action(action)}
          </Text>
          <CommandStatusBadge status={status} />
          {overdueSince !== null && (
            <Text size="xs" fw={600}>
              {t('overdue.mark')}
            </Text>
          )}
        </Group>
        <Text size="xs" c="dimmed" className="tabular" style={{ overflowWrap: 'anywhere' }}>
          {about.filter((each) => each !== null).join(' · ')}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <Details commandId={commandId} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** Mounted only while the entry is open, so that a closed history asks for nothing. */
function Details({ commandId }: { commandId: string }) {
  return (
    <QueryView query={useCommand(commandId)}>
      {(command) => <CommandTimeline command={command} />}
    </QueryView>
  );
}
