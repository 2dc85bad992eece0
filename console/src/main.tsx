import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '@/api/queryClient';
import { features } from '@/app/features';
import { composeRegistry } from '@/app/registry';
import { RegistryContext } from '@/app/registryContext';
import { createConsoleRouter } from '@/app/router';
import { reloadOnceWhenAssetsAreGone } from '@/app/upgrade';
import { followTheme } from '@/lib/theme';
import '@/ui/tokens.css';

const queryClient = createQueryClient();
const registry = composeRegistry(features);
const router = createConsoleRouter(registry, queryClient);

followTheme();
reloadOnceWhenAssetsAreGone();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root element.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RegistryContext value={registry}>
        <RouterProvider router={router} />
      </RegistryContext>
    </QueryClientProvider>
  </StrictMode>,
);
