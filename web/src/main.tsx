import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { router } from '@/app/router';
import { isRefusal } from '@/lib/api';
import { LiveContext } from '@/lib/live';
import { SocketSource } from '@/lib/live_socket';
import { installPolicy } from '@/lib/trusted_types';

installPolicy();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The live layer says when what was read has grown old, and whether there is a connection.
      networkMode: 'always',
      refetchOnReconnect: false,
      retry: (failures, error) => !isRefusal(error) && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
});
const live = new SocketSource();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LiveContext value={live}>
        <RouterProvider router={router} />
      </LiveContext>
    </QueryClientProvider>
  </StrictMode>,
);
