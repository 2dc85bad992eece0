import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect, type AnyRoute } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import type { PageDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { parseSearch, stringifySearch } from '@/lib/search';
import { appMessages } from './messages';
import { NotFoundPage, RouteError, RoutePending } from './RoutePages';
import { Root } from './Root';
import type { Registry } from './registry';
import { Shell } from './shell/Shell';

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Root });

/** Everything that needs somebody signed in. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session === null || session.user.mustSetPassword) {
      const next = location.pathname === '/' ? undefined : location.href;
      // TanStack Router expects redirects to be thrown.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw redirect({ to: '/sign-in', search: (next ? { next } : {}) });
    }
  },
});

function pageRoute(parent: AnyRoute, page: PageDescriptor): AnyRoute {
  const { redirectTo, load } = page;
  const route = createRoute({
    getParentRoute: () => parent,
    path: page.path,
    staticData: { title: page.title, time: page.time },
    ...(redirectTo !== undefined && {
      beforeLoad: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw redirect({ to: redirectTo, replace: true });
      },
    }),
    ...(load !== undefined && { component: lazyRouteComponent(load) }),
  });
  return route;
}

export function createConsoleRouter(registry: Registry, queryClient: QueryClient) {
  const lost = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFoundPage, staticData: { title: localised(appMessages, 'notFound.title') } });
  const open = registry.pages.filter((page) => page.open).map((page) => pageRoute(rootRoute, page));
  const closed = registry.pages.filter((page) => !page.open).map((page) => pageRoute(shellRoute, page));
  return createRouter({
    routeTree: rootRoute.addChildren([shellRoute.addChildren([...closed, lost]), ...open]),
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
    scrollToTopSelectors: ['#content'],
  });
}
