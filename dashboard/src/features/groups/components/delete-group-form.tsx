/** Names what a group holds, asks where that should go, and deletes the group. */
import { Alert, Button, Group as Row, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { useDeleteGroup } from '../api/use-delete-group';

type DeleteGroupFormProps = {
  group: Group;
  content: { clients: number; events: number };
  groups: Group[];
  onClose: () => void;
};

export function DeleteGroupForm({ group, content, groups, onClose }: DeleteGroupFormProps) {
  const { t, i18n } = useTranslation(['groups', 'common']);
  const notify = useNotify();
  const remove = useDeleteGroup(() => {
    notify.success(t('delete.done', { name: group.name }));
    onClose();
  });
  const [target, setTarget] = useState<string | null>(null);

  const isEmpty = content.clients + content.events === 0;
  const targets = groups.filter(
    ({ id, isUnassigned }) => id !== group.id && !(isUnassigned && content.events > 0),
  );

  function heldThings(): string {
    const things = [
      content.clients > 0 && t('delete.clients', { count: content.clients }),
      content.events > 0 && t('delete.events', { count: content.events }),
    ];
    return new Intl.ListFormat(i18n.language).format(things.filter((thing) => thing !== false));
  }

  function confirm() {
    const query = target === null ? {} : { moveTo: Number(target) };
    remove.mutate({ path: { group_id: group.id }, query });
  }

  return (
    <Stack gap="md">
      <ProblemAlert error={remove.error} />
      <Text size="sm">
        {isEmpty ? t('delete.empty') : t('delete.content', { what: heldThings() })}
      </Text>
      {!isEmpty && targets.length === 0 && <Alert color="orange">{t('delete.noTarget')}</Alert>}
      {!isEmpty && targets.length > 0 && (
        <Select
          label={t('delete.target')}
          placeholder={t('delete.targetPlaceholder')}
          description={content.events > 0 ? t('delete.targetHint') : undefined}
          data={targets.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={target}
          onChange={setTarget}
          required
          data-autofocus
        />
      )}
      <Row justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
        <Button
          color="red.8"
          loading={remove.isPending}
          disabled={!isEmpty && target === null}
          onClick={confirm}
        >
          {t('delete.confirm')}
        </Button>
      </Row>
    </Stack>
  );
}
