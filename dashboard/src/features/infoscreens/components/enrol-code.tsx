/** The code, shown once: large, as the command for the device, and as a QR code of that command. */
import { Alert, Button, Group as Row, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import type { EnrollmentCode } from '@/api/generated/types.gen';
import { CopyLine } from '@/components/ui/copy-line';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { enrolCommand, isUnreachable } from '../enrolment';

type EnrolCodeProps = { code: EnrollmentCode; onClose: () => void; onAnother?: () => void };

export function EnrolCode({ code, onClose, onAnother }: EnrolCodeProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const format = useTimeFormat();
  const server = window.location.origin;
  const command = enrolCommand(server, code.code);
  return (
    <Stack gap="md">
      <Text size="sm">{t('enrol.codeIntro')}</Text>
      <Row align="flex-start" gap="lg" wrap="wrap-reverse" justify="center">
        <Stack gap="sm" flex="1 1 300px">
          <CopyLine label={t('enrol.code')} text={code.code} large />
          <CopyLine label={t('enrol.command')} text={command} />
          <Row gap={6} c="dimmed" wrap="nowrap">
            <IconClock size={15} aria-hidden />
            <Text size="xs">
              {t('enrol.until', { time: format.dateTime(parseApiTime(code.expiresAt)) })}
            </Text>
          </Row>
        </Stack>
        <Stack gap={6} align="center" w={156}>
          <QRCodeSVG
            value={command}
            size={156}
            marginSize={3}
            title={t('enrol.qr')}
            style={{ borderRadius: 8 }}
          />
          <Text size="xs" c="dimmed" ta="center">
            {t('enrol.qrHint')}
          </Text>
        </Stack>
      </Row>
      {isUnreachable(server) && (
        <Alert color="orange" icon={<IconAlertTriangle />}>
          {t('enrol.unreachable', { server })}
        </Alert>
      )}
      <Row justify="flex-end" gap="sm">
        {onAnother !== undefined && (
          <Button variant="default" onClick={onAnother}>
            {t('enrol.another')}
          </Button>
        )}
        <Button onClick={onClose}>{t('enrol.done')}</Button>
      </Row>
    </Stack>
  );
}
