import { useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLocale } from '@/lib/locale';

/** Names the browser's tab after the page, so that tabs and history can be told apart. */
export function useDocumentTitle(): void {
  const locale = useLocale();
  const title = useMatches({ select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title });
  useEffect(() => {
    document.title = title ? `${title(locale)} · Signalbox` : 'Signalbox';
  }, [title, locale]);
}
