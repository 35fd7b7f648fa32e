/** Codes that still hold and can be withdrawn; the codes themselves are known to nobody any more. */
import { Button, Group as Row, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenEnrollment } from '@/api/generated/types.gen';
import type { Group } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useTimeFormat } from '@/lib/school-time';
import { parseApiTime } from '@/lib/time';
import { useOpenEnrollments } from '../api/use-open-enrollments';
import { useWithdrawEnrollment } from '../api/use-withdraw-enrollment';

export function OpenCodes({ groups }: { groups: Group[] }) {
  const { t } = useTranslation('infoscreens');
  const { data: codes = [] } = useOpenEnrollments();
  if (codes.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('codes.title')}>
      <Title order={3} fz={15}>
        {t('codes.title')}
      </Title>
      {codes.map((code) => (
        <OpenCode key={code.id} code={code} groups={groups} />
      ))}
    </Stack>
  );
}

function OpenCode({ code, groups }: { code: OpenEnrollment; groups: Group[] }) {
  const { t } = useTranslation('infoscreens');
  const format = useTimeFormat();
  const notify = useNotify();
  const withdraw = useWithdrawEnrollment();
  const name = code.description ?? code.clientUuid ?? t('codes.unnamed');
  const group = groups.find(({ id }) => id === code.groupId);
  return (
    <Row justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={500} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {group !== undefined && `${group.name} · `}
          {t('enrol.until', { time: format.dateTime(parseApiTime(code.expiresAt)) })}
        </Text>
      </div>
      <Button
        size="xs"
        variant="default"
        loading={withdraw.isPending}
        aria-label={t('codes.withdrawLabel', { name })}
        onClick={() =>
          withdraw.mutate({ path: { enrollment_id: code.id } }, { onError: notify.failure })
        }
      >
        {t('codes.withdraw')}
      </Button>
    </Row>
  );
}
