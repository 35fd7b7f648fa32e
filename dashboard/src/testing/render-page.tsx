/** Renders a page as the app would: theme, session, school zone, and a route below the shell. */
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { CommandsProvider } from '@/components/commands/commands';
import { cssVariables, theme } from '@/components/ui/theme';
import { SchoolZoneProvider } from '@/lib/school-time';
import { type Role, SessionProvider } from '@/lib/session';

type SearchSchema = { parse: (search: unknown) => Record<string, unknown> };
type Options = { path?: string; search?: SearchSchema; at?: string; role?: Role };
type PageComponent = () => ReactNode;

function routerFor(
  Page: PageComponent,
  { path = '/', search, at = path, role = 'admin' }: Options,
) {
  const root = createRootRoute();
  const shell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    component: () => (
      <SessionProvider user={{ id: 1, username: 'anna.mueller', role }}>
        <SchoolZoneProvider zone="Europe/Vienna">
          <CommandsProvider>
            <Outlet />
          </CommandsProvider>
        </SchoolZoneProvider>
      </SessionProvider>
    ),
  });
  const page = createRoute({
    getParentRoute: () => shell,
    path,
    component: Page,
    validateSearch: (given: Record<string, unknown>) => search?.parse(given) ?? given,
  });
  return createRouter({
    routeTree: root.addChildren([shell.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
}

export function renderPage(Page: PageComponent, options: Options = {}) {
  const router = routerFor(Page, options);
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          <Notifications />
          <RouterProvider router={router as never} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { user: userEvent.setup({ delay: null, pointerEventsCheck: 0 }), router, queryClient };
}
