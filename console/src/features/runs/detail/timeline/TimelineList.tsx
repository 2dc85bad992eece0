import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useRowKeys } from '@/lib/useRowKeys';
import { useTimelineMessages } from './messages';
import { placeOf, turnStarts, type TimelineRow } from './rows';
import { TimelineLine } from './TimelineLine';

export interface TimelineListProps {
  rows: readonly TimelineRow[];
  startedMs: number;
  /** The call to show; opened and scrolled to once it is there. */
  call: string | null;
  /** Called when the last rows come into sight. */
  onEnd: () => void;
}

const rowHeight = 33;
const keyOf = ({ entry }: TimelineRow): number => entry.number;

/** Rows of the time line; only those in sight are in the document. */
export function TimelineList({ rows, startedMs, call, onEnd }: TimelineListProps) {
  const t = useTimelineMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const starts = useMemo(() => turnStarts(rows), [rows]);
  const pointed = placeOf(rows, call);
  useRowKeys(scroller);
  // The virtualiser keeps its own state, which the compiler cannot follow; nothing here is memoised through it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.entry.number ?? index,
    overscan: 16,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= rows.length - 40) onEnd();
  }, [last, rows.length, onEnd]);
  const seen = useRef(false);
  useEffect(() => {
    if (pointed < 0 || seen.current) return;
    seen.current = true;
    virtual.scrollToIndex(pointed, { align: 'center' });
  }, [pointed, virtual]);
  const toggle = (row: TimelineRow) => setToggled((now) => new Set(now.has(keyOf(row)) ? [...now].filter((key) => key !== keyOf(row)) : [...now, keyOf(row)]));
  return (
    <div ref={scroller} tabIndex={0} role="region" aria-label={t('keys')} className="max-h-[max(calc(100vh-290px),360px)] overflow-auto">
      <div className="relative min-w-[560px]" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          const chosen = item.index === pointed;
          return (
            row && (
              <div key={item.key} data-index={item.index} ref={virtual.measureElement} className="absolute inset-x-0" style={{ top: item.start }}>
                <TimelineLine
                  row={row}
                  index={item.index}
                  startedMs={startedMs}
                  newTurn={starts[item.index] === true}
                  open={toggled.has(keyOf(row)) !== chosen}
                  chosen={chosen}
                  onToggle={() => toggle(row)}
                />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
