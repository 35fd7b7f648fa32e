import { ActionIcon, Group, Text } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Logo } from '@/components/ui/logo';
import { ColorSchemeSwitch } from './color-scheme-switch';
import classes from './header.module.css';
import { LanguageSwitch } from './language-switch';
import { UserMenu } from './user-menu';

export function Header({ onOpenMenu }: { onOpenMenu: () => void }) {
  const { t } = useTranslation();
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <ActionIcon
          hiddenFrom="sm"
          variant="subtle"
          color="gray"
          size={34}
          aria-label={t('nav.open')}
          onClick={onOpenMenu}
        >
          <IconMenu2 size={20} />
        </ActionIcon>
        <Link to="/" className={classes.home} aria-label={t('appName')}>
          <Logo />
          <Text fw={650} visibleFrom="sm" truncate>
            {t('appName')}
          </Text>
        </Link>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <LanguageSwitch />
        <ColorSchemeSwitch />
        <UserMenu />
      </Group>
    </Group>
  );
}
