/** A text to be typed or pasted elsewhere, with a button that copies it. */
import { ActionIcon, CopyButton, Group, Paper, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './copy-line.module.css';

type CopyLineProps = { text: string; label: string; large?: boolean };

export function CopyLine({ text, label, large = false }: CopyLineProps) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      <Paper withBorder bg="var(--app-canvas)" px="sm" py={6}>
        <Group wrap="nowrap" justify="space-between" gap="xs">
          <code className={classes.text} data-large={large}>
            {text}
          </code>
          <CopyButton value={text} timeout={2000}>
            {({ copied, copy }) => (
              <Tooltip label={t(copied ? 'copy.done' : 'copy.copy')}>
                <ActionIcon
                  variant="subtle"
                  color={copied ? 'teal' : 'gray'}
                  onClick={copy}
                  aria-label={t(copied ? 'copy.doneLabel' : 'copy.label', { what: label })}
                >
                  {copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        </Group>
      </Paper>
    </div>
  );
}
