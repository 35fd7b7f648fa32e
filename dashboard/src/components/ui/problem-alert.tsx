/** Why a form was refused, above its fields; nothing while all is well. */
import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useProblemText } from './problem-text';

export function ProblemAlert({ error }: { error: unknown }) {
  const problemText = useProblemText();
  if (error === null || error === undefined) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert">
      {problemText(error)}
    </Alert>
  );
}
