import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useRowKeys } from '@/lib/useRowKeys';
import { useTraceMessages } from './messages';
import { kindColours, SpanLine } from './SpanLine';
import { spanKinds, type SpanRow, type Trace } from './spans';

const rowHeight = 29;
const ticks = [0, 0.25, 0.5, 0.75];

/** The time above the bars, and what their colours mean. */
function Head({ trace }: { trace: Trace }) {
  const t = useTraceMessages();
  const locale = useLocale();
  const whole = (trace.endMs - trace.startMs) / 1000;
  const present = spanKinds.filter((kind) => trace.rows.some(({ span }) => span.kind === kind));
  return (
    <div className="sticky top-0 z-10 grid grid-cols-[minmax(190px,34%)_minmax(0,1fr)] border-b border-line bg-surface text-2xs text-ink-3" aria-hidden="true">
      <span className="flex flex-wrap items-center gap-x-3 py-1.5 pl-3">
        {present.map((kind) => (
          <span key={kind} className="inline-flex items-center gap-1">
            <span className="size-2 rounded-xs" style={{ background: kindColours[kind] }} />
            {t(`kind.${kind}`)}
          </span>
        ))}
      </span>
      <span className="tabular relative mr-3 h-full min-h-7">
        {ticks.map((tick) => (
          <span key={tick} className="absolute inset-y-0 flex items-center border-l border-line pl-1" style={{ left: `${tick * 100}%` }}>
            {formatSeconds(locale, whole * tick)}
          </span>
        ))}
        <span className="absolute inset-y-0 right-0 flex items-center border-r border-line pr-1">{formatSeconds(locale, whole)}</span>
      </span>
    </div>
  );
}

export interface SpanListProps {
  runId: string;
  trace: Trace;
  /** Those of the trace that are shown. */
  rows: readonly SpanRow[];
}

/** Spans as a waterfall; only those in sight are in the document. */
export function SpanList({ runId, trace, rows }: SpanListProps) {
  const t = useTraceMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  useRowKeys(scroller);
  // The virtualiser keeps its own state, which the compiler cannot follow; nothing here is memoised through it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, getItemKey: (index) => rows[index]?.span.id ?? index, overscan: 16, scrollMargin: rowHeight });
  const toggle = (id: string) => setOpened((now) => new Set(now.has(id) ? [...now].filter((other) => other !== id) : [...now, id]));
  return (
    <div ref={scroller} tabIndex={0} role="region" aria-label={t('label')} className="max-h-[max(calc(100vh-290px),360px)] scroll-pt-8 overflow-auto">
      <div className="min-w-[560px]">
        <Head trace={trace} />
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div key={item.key} data-index={item.index} ref={virtual.measureElement} className="absolute inset-x-0" style={{ top: item.start - rowHeight }}>
                  <SpanLine runId={runId} row={row} index={item.index} trace={trace} open={opened.has(row.span.id)} onToggle={() => toggle(row.span.id)} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
