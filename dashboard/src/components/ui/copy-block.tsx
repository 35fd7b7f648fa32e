/** Several lines for a file, with a button that copies them all. */
import { Button, CopyButton, Group, Text, Textarea } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './copy-line.module.css';

export function CopyBlock({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <CopyButton value={text} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
              aria-label={t(copied ? 'copy.doneLabel' : 'copy.label', { what: label })}
            >
              {t(copied ? 'copy.done' : 'copy.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Textarea
        aria-label={label}
        value={text}
        readOnly
        autosize
        maxRows={9}
        classNames={{ input: classes.block }}
      />
    </div>
  );
}
