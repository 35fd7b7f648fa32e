/** What an import did: numbers, and each line that was not taken with its reason. */
import { Alert, Badge, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HolidayImportAnswer } from '@/api/generated/types.gen';

type ImportReportProps = {
  file: Blob | File;
  result: HolidayImportAnswer;
  onClose: () => void;
};

const COUNTS = [
  { name: 'inserted', color: 'teal' },
  { name: 'merged', color: 'indigo' },
  { name: 'updated', color: 'indigo' },
  { name: 'skipped', color: 'gray' },
] as const;
const HIGHEST = 260;

export function ImportReport({ file, result, onClose }: ImportReportProps) {
  const { t } = useTranslation(['settings', 'common']);
  const { conflicts } = result;
  const isClean = conflicts.length === 0;
  return (
    <Alert
      color={isClean ? 'teal' : 'orange'}
      icon={isClean ? <IconCircleCheck /> : <IconAlertTriangle />}
      title={t('import.done', { file: file instanceof File ? file.name : '' })}
      role="status"
      withCloseButton
      closeButtonLabel={t('common:action.close')}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Group gap="xs">
          {COUNTS.filter(({ name }) => result[name] > 0).map(({ name, color }) => (
            <Badge key={name} size="lg" color={color}>
              {t(`import.${name}`, { count: result[name] })}
            </Badge>
          ))}
          {!isClean && (
            <Badge size="lg" color="orange">
              {t('import.conflicts', { count: conflicts.length })}
            </Badge>
          )}
          {isClean && COUNTS.every(({ name }) => result[name] === 0) && (
            <Text size="sm">{t('import.nothing')}</Text>
          )}
        </Group>
        {!isClean && (
          <ScrollArea.Autosize mah={HIGHEST} tabIndex={0} aria-label={t('import.conflictsLabel')}>
            <Table withRowBorders={false} verticalSpacing={3}>
              <Table.Tbody>
                {conflicts.map(({ line, reason }) => (
                  <Table.Tr key={`${line}-${reason}`}>
                    <Table.Th scope="row" w={90} className="tabular">
                      {t('import.line', { line })}
                    </Table.Th>
                    <Table.Td>{reason}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea.Autosize>
        )}
      </Stack>
    </Alert>
  );
}
