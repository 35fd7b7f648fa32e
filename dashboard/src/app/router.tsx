/** The addresses of the dashboard. A page is one lazy route below `shellRoute`; its typed search lives in its feature. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { defaultsOptions, meOptions } from '@/api/generated/@tanstack/react-query.gen';
import { hasStatus } from '@/api/problem';
import { LoadingState } from '@/components/ui/loading-state';
import { alertsSearch } from '@/features/alerts/search';
import { broadcastSearch } from '@/features/broadcasts/search';
import { eventsSearch } from '@/features/events/search';
import { timelineSearch } from '@/features/events/timeline/search';
import { groupsSearch } from '@/features/groups/search';
import { infoscreensSearch } from '@/features/infoscreens/search';
import { mediaSearch } from '@/features/media/search';
import { monitoringSearch } from '@/features/monitoring/search';
import { overviewSearch } from '@/features/overview/search';
import { rolloutSearch } from '@/features/rollouts/search';
import { loginSearch } from '@/features/session/search';
import { settingsSearch } from '@/features/settings/search';
import { type Role, roleReaches } from '@/lib/session';
import { FaultPage, NotFoundPage } from './fault-page';
import { Shell } from './shell/shell';

type RouterContext = { queryClient: QueryClient };

const rootRoute = createRootRouteWithContext<RouterContext>()();

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: loginSearch,
  component: lazyRouteComponent(
    () => import('@/features/session/components/login-page'),
    'LoginPage',
  ),
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context: { queryClient }, location }) => {
    try {
      await Promise.all([
        queryClient.ensureQueryData({ ...meOptions(), staleTime: Number.POSITIVE_INFINITY }),
        queryClient.ensureQueryData(defaultsOptions()),
      ]);
    } catch (error) {
      if (!hasStatus(error, 401)) throw error;
      throw redirect({ to: '/login', search: { next: location.href } });
    }
  },
});

/** Someone who may not see a page and follows a link to it lands on the Dashboard. */
function leastRole(least: Role) {
  return ({ context: { queryClient } }: { context: RouterContext }) => {
    const role = queryClient.getQueryData(meOptions().queryKey)?.user.role;
    if (role === undefined || !roleReaches(role, least)) throw redirect({ to: '/' });
  };
}

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(
    () => import('@/features/overview/components/overview-page'),
    'OverviewPage',
  ),
});

const eventsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/events',
  validateSearch: eventsSearch,
  component: lazyRouteComponent(
    () => import('@/features/events/components/events-page'),
    'EventsPage',
  ),
});

const resourcesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/resources',
  validateSearch: timelineSearch,
  component: lazyRouteComponent(
    () => import('@/features/events/timeline/components/resources-page'),
    'ResourcesPage',
  ),
});

const groupsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/groups',
  validateSearch: groupsSearch,
  beforeLoad: leastRole('admin'),
  component: lazyRouteComponent(
    () => import('@/features/groups/components/groups-page'),
    'GroupsPage',
  ),
});

const alertsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts',
  validateSearch: alertsSearch,
  beforeLoad: leastRole('admin'),
  component: lazyRouteComponent(
    () => import('@/features/alerts/components/alerts-page'),
    'AlertsPage',
  ),
});

const infoscreensRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/infoscreens',
  validateSearch: infoscreensSearch,
  beforeLoad: leastRole('admin'),
  component: lazyRouteComponent(
    () => import('@/features/infoscreens/components/infoscreens-page'),
    'InfoscreensPage',
  ),
});

const infoscreenRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/infoscreens/$uuid',
  beforeLoad: leastRole('admin'),
  component: lazyRouteComponent(
    () => import('@/features/infoscreens/components/infoscreen-page'),
    'InfoscreenPage',
  ),
});

const mediaRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/media',
  validateSearch: mediaSearch,
  component: lazyRouteComponent(
    () => import('@/features/media/components/media-page'),
    'MediaPage',
  ),
});

const broadcastsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/broadcasts',
  beforeLoad: leastRole('admin'),
  component: lazyRouteComponent(
    () => import('@/features/broadcasts/components/broadcasts-page'),
    'BroadcastsPage',
  ),
});

const broadcastRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/broadcasts/$broadcastId',
  validateSearch: broadcastSearch,
  component: lazyRouteComponent(
    () => import('@/features/broadcasts/components/broadcast-page'),
    'BroadcastPage',
  ),
});

const monitoringRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/monitoring',
  validateSearch: monitoringSearch,
  beforeLoad: leastRole('superadmin'),
  component: lazyRouteComponent(
    () => import('@/features/monitoring/components/monitoring-page'),
    'MonitoringPage',
  ),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(
    () => import('@/features/settings/components/settings-page'),
    'SettingsPage',
  ),
});

const rolloutsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rollouts',
  beforeLoad: leastRole('admin'),
  component: lazyRouteComponent(
    () => import('@/features/rollouts/components/rollouts-page'),
    'RolloutsPage',
  ),
});

const rolloutRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rollouts/$rolloutId',
  validateSearch: rolloutSearch,
  beforeLoad: leastRole('admin'),
  component: lazyRouteComponent(
    () => import('@/features/rollouts/components/rollout-page'),
    'RolloutPage',
  ),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  shellRoute.addChildren([
    overviewRoute,
    eventsRoute,
    resourcesRoute,
    groupsRoute,
    alertsRoute,
    infoscreensRoute,
    infoscreenRoute,
    mediaRoute,
    broadcastsRoute,
    broadcastRoute,
    monitoringRoute,
    settingsRoute,
    rolloutsRoute,
    rolloutRoute,
  ]),
]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultPendingComponent: LoadingState,
    defaultErrorComponent: FaultPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
