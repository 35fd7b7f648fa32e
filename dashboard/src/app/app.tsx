import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { meQueryKey } from '@/api/generated/@tanstack/react-query.gen';
import { cssVariables, theme } from '@/components/ui/theme';
import { createQueryClient } from './query-client';
import { createAppRouter } from './router';

function createApp() {
  const queryClient = createQueryClient(endSession);
  const router = createAppRouter({ queryClient });

  function endSession() {
    // Who was never logged in is led to the login by the router, without a word about a session.
    if (queryClient.getQueryData(meQueryKey()) === undefined) return;
    queryClient.clear();
    router.navigate({ to: '/login', search: { next: router.state.location.href, expired: true } });
  }

  return { queryClient, router };
}

export function App() {
  const [{ queryClient, router }] = useState(createApp);
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
