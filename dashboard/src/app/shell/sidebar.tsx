import { NavLink } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OpenAlertsBadge } from '@/components/alerts/open-alerts-badge';
import { roleReaches, useSession } from '@/lib/session';
import { NAV_ENTRIES } from './nav-entries';
import classes from './sidebar.module.css';
import { ZoneHint } from './zone-hint';

export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation();
  const { role } = useSession();
  return (
    <nav aria-label={t('nav.label')} className={classes.nav}>
      {NAV_ENTRIES.filter((entry) => roleReaches(role, entry.role)).map((entry) => (
        <NavLink
          key={entry.to}
          component={Link}
          to={entry.to}
          activeOptions={{ exact: entry.to === '/', includeSearch: false }}
          className={classes.link}
          label={t(`nav.${entry.text}`)}
          leftSection={<entry.icon size={18} stroke={1.7} aria-hidden />}
          rightSection={entry.to === '/alerts' ? <OpenAlertsBadge /> : undefined}
          onClick={onNavigate}
        />
      ))}
      <ZoneHint />
    </nav>
  );
}
