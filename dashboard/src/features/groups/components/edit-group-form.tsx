/**
 * Edits the group as it was when the form opened. If someone else changes it meanwhile, what was typed
 * stays, and the person decides to go on from the new state.
 */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { useChangeGroup } from '../api/use-change-group';
import { type GroupFields, GroupForm } from './group-form';

export function EditGroupForm({ group, onClose }: { group: Group; onClose: () => void }) {
  const { t } = useTranslation(['groups', 'common']);
  const notify = useNotify();
  const change = useChangeGroup();
  const [{ id, name, description, color, openingHours, version }, setBase] = useState(group);

  const isStale = group.version !== version && !change.isSuccess;

  function save(fields: GroupFields) {
    const body = {
      name: fields.name,
      description: fields.description || null,
      color: fields.color || null,
      openingHours: fields.openingHours,
      version,
    };
    change.mutate(
      { path: { group_id: id }, body },
      {
        onSuccess: (saved) => {
          notify.success(t('form.saved', { name: saved.name }));
          onClose();
        },
      },
    );
  }

  function startAgain() {
    change.reset();
    setBase(group);
  }

  return (
    <Stack gap="md">
      {isStale && (
        <Alert color="orange" icon={<IconInfoCircle />} role="status">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('form.stale', { name: group.name })}</Text>
            <Button size="xs" variant="default" onClick={startAgain}>
              {t('form.loadNew')}
            </Button>
          </Stack>
        </Alert>
      )}
      <GroupForm
        key={version}
        initial={{ name, description: description ?? '', color: color ?? '', openingHours }}
        submitLabel={t('common:action.save')}
        isBusy={change.isPending}
        error={isStale ? null : change.error}
        onCancel={onClose}
        onSubmit={save}
      />
    </Stack>
  );
}
