import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { listenForKeys } from '@/lib/hotkeys';
import { useNav } from '../registryContext';
import { refreshAll } from './actions';
import { overlayStore } from './overlay';

/** Focuses the page's own search (marked with `data-search`), or opens the palette where a page has none. */
function focusSearch(): void {
  const search = document.querySelector<HTMLElement>('[data-search]');
  if (search) search.focus();
  else overlayStore.set('palette');
}

export function useShellKeys(): void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const nav = useNav();
  useEffect(() => {
    const actions = new Map<string, () => void>([
      ['/', focusSearch],
      ['?', () => overlayStore.set('keys')],
      ['t', () => overlayStore.set('time')],
      ['r', () => refreshAll(client)],
    ]);
    for (const entry of nav) actions.set(`g ${entry.key}`, () => void navigate({ to: entry.path }));
    const stop = listenForKeys(actions);
    const onPaletteKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        overlayStore.set(overlayStore.get() === 'palette' ? null : 'palette');
      }
    };
    window.addEventListener('keydown', onPaletteKey);
    return () => {
      stop();
      window.removeEventListener('keydown', onPaletteKey);
    };
  }, [navigate, client, nav]);
}
