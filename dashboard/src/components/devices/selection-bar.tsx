/** Floats above a list while devices are ticked: how many, and what to do with them. */
import { Affix, Button, Paper, Group as Row, Text, Transition } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type SelectionBarProps = { count: number; onClear: () => void; children: ReactNode };

export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const { t } = useTranslation();
  return (
    <Affix position={{ bottom: 20, left: 0, right: 0 }} style={{ pointerEvents: 'none' }}>
      <Transition mounted={count > 0} transition="slide-up">
        {(style) => (
          <Row justify="center" px="md" style={style}>
            <Paper
              component="section"
              aria-label={t('selection.label')}
              withBorder
              shadow="lg"
              px="md"
              py="sm"
              bg="var(--app-raised)"
              style={{ pointerEvents: 'auto' }}
            >
              <Row gap="sm" justify="center">
                <Text size="sm" fw={600} role="status">
                  {t('selection.count', { count })}
                </Text>
                {children}
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconX size={15} />}
                  onClick={onClear}
                >
                  {t('selection.clear')}
                </Button>
              </Row>
            </Paper>
          </Row>
        )}
      </Transition>
    </Affix>
  );
}
