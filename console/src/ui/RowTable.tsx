import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { useRowKeys } from '@/lib/useRowKeys';
import { cx } from './cx';

export interface RowColumn<T> {
  id: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  numeric?: boolean;
  /** By which way the rows are sorted by it, for those who cannot see the header's arrow. */
  sorted?: 'ascending' | 'descending';
  /** Width and the like, for header and cells. */
  className?: string;
}

export interface RowTableProps<T> {
  label: string;
  columns: readonly RowColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowHeight: number;
  onOpen?: (row: T) => void;
  isChosen?: (row: T) => boolean;
  /** Called when the end of the rows comes into sight. */
  onEnd?: () => void;
  /** Called with whether the first row is in sight, when that changes. */
  onTop?: (atTop: boolean) => void;
  /** Below the rows, such as "loading more". */
  foot?: ReactNode;
  minWidth?: string;
}

const virtualFrom = 200;
const interactive = 'a, button, input, select, label, [role="switch"], [role="menuitem"]';

/** A long list: one row a thing, opened by click or Enter, walked with j and k; from 200 rows on only those in sight are in the document. */
export function RowTable<T>({ label, columns, rows, rowKey, rowHeight, onOpen, isChosen, onEnd, onTop, foot, minWidth }: RowTableProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = rows.length > virtualFrom;
  useRowKeys(scroller);
  // The virtualiser keeps its own state, which the compiler cannot follow; nothing here is memoised through it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: isVirtual ? rows.length : 0, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const items = virtual.getVirtualItems();
  const shown = isVirtual ? items.map((item) => item.index) : rows.map((_, index) => index);
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const end = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (!onEnd || !end.current) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && onEnd(), { root: scroller.current, rootMargin: '400px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onEnd, rows.length]);
  const wasAtTop = useRef(true);
  const onScroll = () => {
    const atTop = (scroller.current?.scrollTop ?? 0) < rowHeight / 2;
    if (atTop !== wasAtTop.current) onTop?.(atTop);
    wasAtTop.current = atTop;
  };
  const open = (row: T) => (event: MouseEvent | KeyboardEvent) => {
    if (!onOpen || event.defaultPrevented) return;
    if ('key' in event ? event.key !== 'Enter' || event.target !== event.currentTarget : (event.target as Element).closest(interactive) !== null || window.getSelection()?.isCollapsed === false) return;
    onOpen(row);
  };
  return (
    <div ref={scroller} onScroll={onTop && onScroll} className="relative max-h-[max(calc(100vh-250px),320px)] overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className={cx('w-full border-collapse text-left', minWidth)} aria-rowcount={isVirtual ? rows.length + 1 : undefined}>
        <thead className="sticky top-0 z-10 bg-surface text-xs text-ink-3 shadow-[0_1px_0_var(--line)]">
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" aria-sort={column.sorted} className={cx('px-2.5 py-2 font-medium whitespace-nowrap', column.numeric && 'text-right', column.className)}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {shown.map((index) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <tr
                  key={rowKey(row)}
                  data-row={index}
                  tabIndex={-1}
                  aria-rowindex={isVirtual ? index + 2 : undefined}
                  onClick={open(row)}
                  onKeyDown={open(row)}
                  style={{ height: rowHeight }}
                  className={cx('border-b border-line last:border-0 hover:bg-bg focus-visible:-outline-offset-2', onOpen && 'cursor-pointer', isChosen?.(row) && 'bg-accent-soft')}
                >
                  {columns.map((column) => (
                    <td key={column.id} className={cx('px-2.5 py-1 align-middle', column.numeric && 'text-right', column.className)}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              )
            );
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          {onEnd && <tr ref={end} aria-hidden="true" className="h-px" />}
        </tbody>
      </table>
      {foot}
    </div>
  );
}
