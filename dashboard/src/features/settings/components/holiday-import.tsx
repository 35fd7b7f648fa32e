/** A file with holidays, dropped or chosen; what came of it stays until the next one. */
import { Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, fieldErrors } from '@/api/problem';
import type { Period } from '@/api/types';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { useUploadHolidays } from '../api/use-holiday-steps';
import { ImportReport } from './import-report';
import classes from './settings.module.css';

/** What is wrong with the file says more than that something is wrong. */
function fileProblem(error: unknown): unknown {
  const { file } = fieldErrors(error);
  return file === undefined ? error : new ApiProblem(422, 'invalid_file', file, null);
}

export function HolidayImport({ period }: { period: Period }) {
  const { t } = useTranslation('settings');
  const upload = useUploadHolidays();
  return (
    <Stack gap="sm">
      <Dropzone
        className={classes.dropzone}
        multiple={false}
        loading={upload.isPending}
        loaderProps={{ type: 'dots' }}
        inputProps={{ 'aria-label': t('import.label') }}
        onDrop={([file]) => {
          if (file !== undefined) upload.mutate({ body: { file, academicPeriodId: period.id } });
        }}
      >
        <Group gap="md" wrap="nowrap" style={{ pointerEvents: 'none' }}>
          <IconFileImport size={30} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />
          <div>
            <Text fw={600}>{t('import.title')}</Text>
            <Text size="sm" c="dimmed">
              {t('import.kinds', { period: period.name })}
            </Text>
          </div>
        </Group>
      </Dropzone>
      <ProblemAlert error={fileProblem(upload.error)} />
      {upload.data !== undefined && (
        <ImportReport
          file={upload.variables.body.file}
          result={upload.data}
          onClose={upload.reset}
        />
      )}
    </Stack>
  );
}
