import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { logOutMutation } from '@/api/generated/@tanstack/react-query.gen';
import { useNotify } from '@/components/ui/notify';
import { useSession } from '@/lib/session';

/** `anna.mueller` → AM, `superadmin` → SU */
function initials(username: string): string {
  const parts = username.split(/[\s._-]+/).filter(Boolean);
  const [first = '', second] = parts;
  return (second ? first.charAt(0) + second.charAt(0) : first.slice(0, 2)).toUpperCase();
}

export function UserMenu() {
  const { t } = useTranslation();
  const { username, role } = useSession();
  const { navigate, options } = useRouter();
  const notify = useNotify();
  const logout = useMutation({
    ...logOutMutation(),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      options.context.queryClient.clear();
    },
    onError: notify.failure,
  });
  return (
    <Menu width={230}>
      <Menu.Target>
        <UnstyledButton bdrs="xl">
          <Avatar color="indigo" size={32}>
            {initials(username)}
          </Avatar>
          <VisuallyHidden>{t('user.menu', { name: username })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {username}
          </Text>
          <Text size="xs">{t(`role.${role}`)}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => logout.mutate({})}>
          {t('user.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
