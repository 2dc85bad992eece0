import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, Search, X } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { IconButton } from '@/ui/Button';
import { Card } from '@/ui/Page';
import { ErrorState, Skeleton } from '@/ui/States';
import { MetricDetail } from './MetricDetail';
import { useMetricsMessages } from './messages';
import { metadataQuery, metricNamesQuery } from './queries';

/** Names that contain every word of the search, in name or description. */
export function searchMetrics(names: readonly string[], text: string, helpOf: (name: string) => string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [...names];
  return names.filter((name) => {
    const haystack = `${name} ${helpOf(name)}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

export interface ExplorerProps {
  onUse: (expression: string) => void;
  onClose: () => void;
}

/** Every metric there is, searchable, with its description and labels, one click from a query. */
export function Explorer({ onUse, onClose }: ExplorerProps) {
  const t = useMetricsMessages();
  const names = useQuery(metricNamesQuery);
  const metadata = useQuery(metadataQuery);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useDeferredValue(text);
  // Histograms and summaries are described under their base name.
  const describe = (name: string) => metadata.data?.[name]?.[0] ?? metadata.data?.[name.replace(/_(bucket|sum|count)$/, '')]?.[0];
  const found = useMemo(
    () => searchMetrics(names.data ?? [], wanted, (name) => metadata.data?.[name]?.[0]?.help ?? ''),
    [names.data, metadata.data, wanted],
  );
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: found.length, getScrollElement: () => scroller.current, estimateSize: () => 30, overscan: 10 });
  return (
    <Card className="flex max-h-[78vh] flex-col overflow-hidden">
      <div className="flex items-center gap-1 border-b border-line py-1.5 pr-1.5 pl-3">
        {chosen !== null && <IconButton label={t('explore.title')} icon={<ChevronLeft size={16} />} onClick={() => setChosen(null)} className="-ml-2" />}
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{chosen === null ? t('explore.title') : <span className="font-mono text-xs">{chosen}</span>}</h2>
        <IconButton label={t('explore.close')} icon={<X size={16} />} onClick={onClose} />
      </div>
      {chosen !== null ? (
        <MetricDetail name={chosen} metadata={describe(chosen)} onUse={onUse} />
      ) : (
        <>
          <div className="relative border-b border-line p-2">
            <Search size={14} className="absolute top-1/2 left-4.5 -translate-y-1/2 text-ink-3" aria-hidden="true" />
            <input type="search" className="field pl-8" aria-label={t('explore.search')} placeholder={t('explore.search')} value={text} onChange={(event) => setText(event.target.value)} />
          </div>
          <div ref={scroller} className="min-h-40 flex-1 overflow-y-auto p-1" tabIndex={-1}>
            {names.isPending && <Skeleton className="m-2 h-40" />}
            {names.error && !names.data && <ErrorState compact error={names.error} onRetry={() => void names.refetch()} />}
            {names.data && found.length === 0 && <p className="p-4 text-center text-ink-3">{text === '' ? t('explore.empty') : t('explore.none', { text })}</p>}
            <ul style={{ height: virtual.getTotalSize() }} className="relative">
              {virtual.getVirtualItems().map((item) => {
                const name = found[item.index] ?? '';
                return (
                  <li key={name} className="absolute inset-x-0" style={{ transform: `translateY(${item.start}px)`, height: item.size }}>
                    <button type="button" title={describe(name)?.help} onClick={() => setChosen(name)} className="flex h-full w-full items-center gap-2 rounded px-2 text-left hover:bg-raised">
                      <span className="min-w-0 flex-1 truncate font-mono text-xs">{name}</span>
                      <span className="text-2xs text-ink-3">{describe(name)?.type}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </div>
          <div className="border-t border-line px-3 py-1.5 text-xs text-ink-3">{t('explore.count', { count: found.length })}</div>
        </>
      )}
    </Card>
  );
}
