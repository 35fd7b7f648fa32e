/** Some settings that are saved together; what is typed stays until it is saved or taken back. */
import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '@/api/problem';
import type { Setting } from '@/api/types';
import { useNotify } from '@/components/ui/notify';
import { ProblemAlert } from '@/components/ui/problem-alert';
import { QueryView } from '@/components/ui/query-view';
import { SectionCard } from '@/components/ui/section-card';
import { type Settings, useChangeSettings, useSettings } from '../api/use-settings';
import type { SettingKey } from '../setting-keys';
import { SettingRow } from './setting-row';

type SettingsCardProps = {
  title: string;
  keys: readonly SettingKey[];
  /** Below the rows, with the values as they stand in the form. */
  children?: (currentOf: (key: SettingKey) => string) => ReactNode;
};

export function SettingsCard({ title, keys, children }: SettingsCardProps) {
  const settings = useSettings();
  return (
    <SectionCard title={title}>
      <QueryView query={settings}>
        {(stored) => (
          <SettingsForm stored={stored} keys={keys}>
            {children}
          </SettingsForm>
        )}
      </QueryView>
    </SectionCard>
  );
}

type SettingsFormProps = Omit<SettingsCardProps, 'title'> & { stored: Settings };

function SettingsForm({ stored, keys, children }: SettingsFormProps) {
  const { t } = useTranslation(['settings', 'common']);
  const notify = useNotify();
  const change = useChangeSettings();
  const [typed, setTyped] = useState<ReadonlyMap<SettingKey, string>>(new Map());
  const refused = fieldErrors(change.error);
  const shown = keys.flatMap((key) => {
    const setting = stored.get(key);
    return setting === undefined ? [] : [{ key, setting }];
  });
  const currentOf = (key: SettingKey) => typed.get(key) ?? stored.get(key)?.value ?? '';
  const changed = shown.filter(({ key, setting }) => currentOf(key) !== setting.value);

  function save() {
    const settings = changed.map(({ key, setting }) => ({
      key,
      value: currentOf(key),
      version: setting.version,
    }));
    change.mutate(
      { body: { settings } },
      {
        onSuccess: () => {
          setTyped(new Map());
          notify.success(t('saved'));
        },
      },
    );
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ProblemAlert error={change.error} />
      {shown.map(({ key, setting }: { key: SettingKey; setting: Setting }) => (
        <SettingRow
          key={key}
          name={key}
          type={setting.type}
          value={currentOf(key)}
          error={refused[key]}
          onChange={(value) => setTyped((before) => new Map(before).set(key, value))}
        />
      ))}
      {children?.(currentOf)}
      {changed.length > 0 && (
        <Group justify="flex-end" gap="sm" mt="md">
          <Button
            variant="default"
            onClick={() => {
              change.reset();
              setTyped(new Map());
            }}
          >
            {t('discard')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('common:action.save')}
          </Button>
        </Group>
      )}
    </form>
  );
}
