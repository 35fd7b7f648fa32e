/** What stands around every page after login: header, sidebar (a drawer on a phone), live updates, session. */
import { AppShell, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultsOptions, meOptions } from '@/api/generated/@tanstack/react-query.gen';
import { CommandsProvider } from '@/components/commands/commands';
import { DEFAULT_ZONE, SchoolZoneProvider } from '@/lib/school-time';
import { SessionProvider } from '@/lib/session';
import { LiveUpdates } from '../live-updates';
import { BroadcastBars } from './broadcast-bar';
import { Header } from './header';
import classes from './shell.module.css';
import { Sidebar } from './sidebar';

/** A reader of the screen hears the new page, and Tab goes on from its start. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current !== pathname) main.current?.focus({ preventScroll: true });
    last.current = pathname;
  }, [pathname]);
  return main;
}

export function Shell() {
  const { t } = useTranslation();
  const { data: me } = useSuspenseQuery(meOptions());
  const { data: defaults } = useSuspenseQuery(defaultsOptions());
  const [menuOpen, menu] = useDisclosure();
  const main = useFocusOnNavigation();
  return (
    <SessionProvider user={me.user}>
      <SchoolZoneProvider zone={defaults.timezone ?? DEFAULT_ZONE}>
        <LiveUpdates>
          <CommandsProvider>
            <a className="skip-link" href="#main">
              {t('skipToContent')}
            </a>
            <AppShell
              header={{ height: 56 }}
              navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: true } }}
              padding={{ base: 'md', sm: 20 }}
              classNames={{ header: classes.surface, navbar: classes.surface }}
            >
              <AppShell.Header>
                <Header onOpenMenu={menu.open} />
              </AppShell.Header>
              <AppShell.Navbar p={10} component="div" visibleFrom="sm">
                <Sidebar />
              </AppShell.Navbar>
              <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes.main}>
                <BroadcastBars />
                <Outlet />
              </AppShell.Main>
            </AppShell>
            <Drawer
              opened={menuOpen}
              onClose={menu.close}
              title={t('appName')}
              size={270}
              hiddenFrom="sm"
              closeButtonProps={{ 'aria-label': t('nav.close') }}
            >
              <Sidebar onNavigate={menu.close} />
            </Drawer>
          </CommandsProvider>
        </LiveUpdates>
      </SchoolZoneProvider>
    </SessionProvider>
  );
}
