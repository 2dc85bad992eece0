import { Outlet, useRouter } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { signedOutStore } from '@/api/client';
import { sessionQuery } from '@/api/session';
import { useAppMessages } from '../messages';
import { ConnectionBar } from './ConnectionBar';
import { Rail } from './Rail';
import { TopBar } from './TopBar';
import { overlayStore, useOverlay } from './overlay';
import { useDocumentTitle } from './useDocumentTitle';
import { useShellKeys } from './useShellKeys';

const CommandPalette = lazy(() => import('./CommandPalette'));
const KeyboardHelp = lazy(() => import('./KeyboardHelp'));

/** Sends the visitor to the sign-in page as soon as the server no longer knows the session. */
function useSignedOutRedirect(): void {
  const client = useQueryClient();
  const router = useRouter();
  useEffect(
    () =>
      signedOutStore.subscribe(() => {
        client.setQueryData(sessionQuery.queryKey, null);
        void router.invalidate();
      }),
    [client, router],
  );
}

export function Shell() {
  const t = useAppMessages();
  const overlay = useOverlay();
  const [drawerOpen, setDrawerOpen] = useState(false);
  useSignedOutRedirect();
  useShellKeys();
  useDocumentTitle();
  const close = () => overlayStore.set(null);
  return (
    <div className="flex h-full">
      <a href="#content" className="pop sr-only z-50 px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('skip')}
      </a>
      <Rail drawerOpen={drawerOpen} onDrawerChange={setDrawerOpen} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar onOpenDrawer={() => setDrawerOpen(true)} />
        <ConnectionBar />
        <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none">
          <Outlet />
        </main>
      </div>
      <Suspense fallback={null}>
        {overlay === 'palette' && <CommandPalette onClose={close} />}
        {overlay === 'keys' && <KeyboardHelp onClose={close} />}
      </Suspense>
    </div>
  );
}
