/** The stages of a command with their times, and what a person should know of where it stands. */
import { Loader, Stack, Text } from '@mantine/core';
import { IconBan, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CommandDetail } from '@/api/types';
import { useTimeFormat } from '@/lib/school-time';
import { CommandExplanation } from './command-explanation';
import { type Step, stepsOf } from './command-life';
import classes from './command-timeline.module.css';

export function CommandTimeline({ command }: { command: CommandDetail }) {
  const { t } = useTranslation('commands');
  return (
    <Stack gap="xs">
      <ol className={classes.steps} aria-label={t('timeline')}>
        {stepsOf(command).map((step) => (
          <TimelineStep key={step.stage} step={step} command={command} />
        ))}
      </ol>
      <CommandExplanation command={command} />
    </Stack>
  );
}

function TimelineStep({ step, command }: { step: Step; command: CommandDetail }) {
  const { t } = useTranslation('commands');
  const format = useTimeFormat();
  const isPower = command.action === 'power_cycle';
  const name =
    isPower && (step.stage === 'published' || step.stage === 'execution_started')
      ? t(`powerStage.${step.stage}`)
      : t(`stage.${step.stage}`);
  return (
    <li
      className={classes.step}
      data-state={step.state}
      aria-current={step.state === 'present' ? 'step' : undefined}
    >
      <span className={classes.bullet} aria-hidden>
        <Bullet state={step.state} />
      </span>
      <Text span size="sm" fw={step.state === 'present' ? 600 : undefined}>
        {name}
      </Text>
      {step.at !== null && (
        <Text span size="xs" c="dimmed" className="tabular">
          {format.clock(step.at)}
        </Text>
      )}
    </li>
  );
}

function Bullet({ state }: { state: Step['state'] }) {
  if (state === 'done') return <IconCheck size={12} stroke={3} />;
  if (state === 'present') return <Loader size={12} color="currentColor" />;
  if (state === 'bad') return <IconX size={12} stroke={3} />;
  if (state === 'neutral') return <IconBan size={12} stroke={2.5} />;
  return null;
}
