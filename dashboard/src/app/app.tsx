import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { cssVariables, theme } from '@/components/ui/theme';
import { createQueryClient } from './query-client';
import { createAppRouter } from './router';

const queryClient = createQueryClient(endSession);
const router = createAppRouter({ queryClient });

function endSession() {
  const { pathname, href } = router.state.location;
  if (pathname === '/login') return;
  queryClient.clear();
  router.navigate({ to: '/login', search: { next: href, expired: true } });
}

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          <Notifications position="bottom-right" limit={3} />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
