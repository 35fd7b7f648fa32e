/**
 * What people decide about a device: its name, its group, whether it takes part. If someone else changes it
 * meanwhile, what was typed stays, and the person decides to go on from the new state.
 */
import { Alert, Button, Group as Row, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconInfoCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { clientName } from '@/api/client-name';
import { fieldErrors } from '@/api/problem';
import type { Client, Group } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { SectionCard } from '@/components/ui/section-card';
import { useSaveInfoscreen } from '../api/use-save-infoscreen';

type SettingsCardProps = { client: Client; groups: Group[] };

function fieldsOf({ description, groupId, isActive, version }: Client) {
  return { description: description ?? '', groupId: String(groupId), isActive, version };
}

function useSettings(client: Client) {
  const form = useForm({ initialValues: fieldsOf(client) });
  const isStale = form.values.version !== client.version;

  function load() {
    form.setInitialValues(fieldsOf(client));
    form.setValues(fieldsOf(client));
    form.resetDirty(fieldsOf(client));
  }

  const isUntouched = !form.isDirty();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new state of the device is loaded.
  useEffect(() => {
    if (isStale && isUntouched) load();
  }, [isStale, isUntouched]);

  return { form, isStale, load };
}

export function SettingsCard({ client, groups }: SettingsCardProps) {
  const { t } = useTranslation(['infoscreens', 'common']);
  const notify = useNotify();
  const save = useSaveInfoscreen(client);
  const { form, isStale, load } = useSettings(client);
  const refused = fieldErrors(save.error);

  function submit(fields: ReturnType<typeof fieldsOf>) {
    save.mutate(fields, {
      onSuccess: (saved) => {
        form.resetDirty();
        notify.success(t('settings.saved', { name: clientName(saved) }));
      },
    });
  }

  return (
    <SectionCard title={t('settings.title')}>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack gap="md">
          {isStale && form.isDirty() && !save.isPending && (
            <StaleNotice
              onLoad={() => {
                save.reset();
                load();
              }}
            />
          )}
          {!isStale && <ProblemAlert error={save.error} />}
          <TextInput
            {...form.getInputProps('description')}
            error={refused.description}
            label={t('settings.description')}
            placeholder={t('settings.descriptionPlaceholder')}
            maxLength={1000}
          />
          <Select
            {...form.getInputProps('groupId')}
            label={t('column.group')}
            data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
            allowDeselect={false}
            searchable
          />
          <Switch
            {...form.getInputProps('isActive', { type: 'checkbox' })}
            label={t('settings.active')}
            description={t('settings.activeHint')}
          />
          <Row justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('common:action.save')}
            </Button>
          </Row>
        </Stack>
      </form>
    </SectionCard>
  );
}

function StaleNotice({ onLoad }: { onLoad: () => void }) {
  const { t } = useTranslation('infoscreens');
  return (
    <Alert color="orange" icon={<IconInfoCircle />} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('settings.stale')}</Text>
        <Button size="xs" variant="default" onClick={onLoad}>
          {t('settings.loadNew')}
        </Button>
      </Stack>
    </Alert>
  );
}
