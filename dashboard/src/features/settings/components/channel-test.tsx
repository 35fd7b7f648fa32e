/** What came of a test message, in the server's words, where it was asked for. */
import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { TestAnswer } from '@/api/generated/types.gen';
import { ProblemAlert } from '@/components/ui/problem-alert';

type ChannelTestProps = { answer: TestAnswer | undefined; error: unknown };

export function ChannelTest({ answer, error }: ChannelTestProps) {
  if (answer === undefined) return <ProblemAlert error={error} />;
  const { success, message } = answer;
  return (
    <Alert
      color={success ? 'teal' : 'red'}
      icon={success ? <IconCheck /> : <IconAlertTriangle />}
      role="status"
    >
      {message}
    </Alert>
  );
}
