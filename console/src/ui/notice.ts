import { createStore } from '@/lib/store';

/** The one short message at the foot of the page, such as "Link copied"; gone after three seconds. */
export const noticeStore = createStore<{ text: string; at: number } | null>(null);

export function notify(text: string): void {
  const notice = { text, at: Date.now() };
  noticeStore.set(notice);
  setTimeout(() => noticeStore.get() === notice && noticeStore.set(null), 3000);
}
