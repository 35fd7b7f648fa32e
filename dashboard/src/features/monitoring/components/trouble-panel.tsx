/** A panel of devices that need somebody: a coloured edge and an icon, so that it is told apart in the dark as well. */
import { Badge, Button, Group, Paper, Table, Text, ThemeIcon, Title } from '@mantine/core';
import { useId } from '@mantine/hooks';
import type { Icon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './trouble-panel.module.css';

type TroublePanelProps = {
  title: string;
  hint?: string;
  color: 'red' | 'orange';
  icon: Icon;
  headings: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
};

const AT_FIRST = 5;
const STEP = 50;

export function TroublePanel(props: TroublePanelProps) {
  const { title, hint, color, icon: Glyph, headings, rows } = props;
  const { t } = useTranslation('monitoring');
  const titleId = useId();
  const [limit, setLimit] = useState(AT_FIRST);
  if (rows.length === 0) return null;
  const hidden = rows.length - limit;
  return (
    <Paper
      component="section"
      aria-labelledby={titleId}
      withBorder
      p="md"
      bg="var(--app-raised)"
      className={classes.panel}
      data-color={color}
    >
      <Group gap="sm" mb={hint === undefined ? 'sm' : 4} wrap="nowrap">
        <ThemeIcon variant="light" color={color} size={30} aria-hidden>
          <Glyph size={18} />
        </ThemeIcon>
        <Title order={2} fz={16} fw={650} id={titleId}>
          {title}
        </Title>
        <Badge color={color} size="lg" className="tabular">
          {rows.length}
        </Badge>
      </Group>
      {hint !== undefined && (
        <Text size="sm" c="dimmed" mb="sm">
          {hint}
        </Text>
      )}
      <Table aria-labelledby={titleId} verticalSpacing={7} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading) => (
              <Table.Th key={heading}>{heading}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, limit).map(({ key, cells }) => (
            <Table.Tr key={key}>
              {cells.map((cell, index) => (
                <Table.Td key={headings[index]} data-label={headings[index]}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {hidden > 0 && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setLimit(limit + STEP)}>
          {t('panel.more', { count: Math.min(hidden, STEP) })}
        </Button>
      )}
    </Paper>
  );
}
