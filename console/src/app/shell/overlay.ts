import { createStore, useStore } from '@/lib/store';

/** What lies over the page and can be opened from keys, buttons and the palette alike. */
export type Overlay = 'palette' | 'keys' | 'time' | null;

export const overlayStore = createStore<Overlay>(null);
export const useOverlay = (): Overlay => useStore(overlayStore);
