import type { QueryClient } from '@tanstack/react-query';
import { copyText } from '@/lib/clipboard';
import { stringifySearch, type Search } from '@/lib/search';
import { absoluteRange, resolveRange, type TimeRange } from '@/lib/timeRange';
import { notify } from '@/ui/notice';

/** Asks again for everything on screen, leaving what is there until the answers come. */
export function refreshAll(client: QueryClient): void {
  void client.refetchQueries({ type: 'active', predicate: (query) => query.queryKey[0] !== 'session' });
}

/** The address of this view; with a range, that range made absolute so that the link keeps showing this moment. */
export function linkToView(pathname: string, search: Search, moment?: TimeRange): string {
  const interval = moment ? resolveRange(moment, Date.now()) : null;
  const fixed = interval ? { ...search, ...absoluteRange(interval), refresh: 'off' } : search;
  return `${window.location.origin}${pathname}${stringifySearch(fixed)}`;
}

export async function copyLink(link: string, messages: { copied: string; refused: string }): Promise<void> {
  notify((await copyText(link)) ? messages.copied : messages.refused);
}
