/** The frame of every page: its one heading, what stands beside it, and the title of the browser tab. */
import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

type PageProps = {
  title: string;
  subtitle?: ReactNode;
  /** Right of the heading; below it on a phone. */
  actions?: ReactNode;
  children: ReactNode;
};

export function useTabTitle(title: string) {
  const { t } = useTranslation();
  const appName = t('appName');
  useEffect(() => {
    document.title = `${title} · ${appName}`;
  }, [title, appName]);
}

export function Page({ title, subtitle, actions, children }: PageProps) {
  useTabTitle(title);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={1} fz={{ base: 22, sm: 27 }} lh={1.3}>
            {title}
          </Title>
          {subtitle !== undefined && (
            <Group c="dimmed" fz="sm" gap="xs" mt={2}>
              {subtitle}
            </Group>
          )}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
