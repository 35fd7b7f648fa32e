/** The line of a toast that is always in sight: where it stands, that it is on its way, or why it did not go. */
import { Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Tone } from '@/api/command-status';
import { useProblemText } from '@/components/ui/problem-text';

type ToastStatusProps = {
  problem: unknown;
  tone: Tone;
  /** Where it stands, once the server has told it. */
  children: string | undefined;
};

export function ToastStatus({ problem, tone, children }: ToastStatusProps) {
  const { t } = useTranslation('commands');
  const problemText = useProblemText();
  if (problem !== null)
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        {problemText(problem)}
      </Text>
    );
  if (children === undefined)
    return (
      <Group gap={8} c="dimmed" fz="sm">
        <Loader size={12} aria-hidden />
        {t('sending')}
      </Group>
    );
  return (
    <Text size="sm" c={tone === 'bad' ? 'var(--mantine-color-error)' : 'dimmed'}>
      {children}
    </Text>
  );
}
