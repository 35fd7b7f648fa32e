/** Floats above the board while devices are ticked: how many, and where to with them. */
import { Affix, Button, Menu, Paper, Group as Row, Text, Transition } from '@mantine/core';
import { IconArrowRight, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClientStatus, Group } from '@/api/types';
import type { Move } from '../use-move';
import { MoveTargets } from './move-targets';

type SelectionBarProps = {
  clients: ClientStatus[];
  groups: Group[];
  onMove: Move;
  onClear: () => void;
};

export function SelectionBar({ clients, groups, onMove, onClear }: SelectionBarProps) {
  const { t } = useTranslation('groups');
  return (
    <Affix position={{ bottom: 20, left: 0, right: 0 }} style={{ pointerEvents: 'none' }}>
      <Transition mounted={clients.length > 0} transition="slide-up">
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
                  {t('selection.count', { count: clients.length })}
                </Text>
                <Row gap="sm" wrap="nowrap">
                  <Menu position="top">
                    <Menu.Target>
                      <Button size="xs" rightSection={<IconArrowRight size={15} />}>
                        {t('selection.moveTo')}
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
                      <MoveTargets groups={groups} onPick={(group) => onMove(clients, group)} />
                    </Menu.Dropdown>
                  </Menu>
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconX size={15} />}
                    onClick={onClear}
                  >
                    {t('selection.clear')}
                  </Button>
                </Row>
              </Row>
            </Paper>
          </Row>
        )}
      </Transition>
    </Affix>
  );
}
