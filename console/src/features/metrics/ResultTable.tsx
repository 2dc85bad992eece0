import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { dateFormat, formatValue } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import type { Unit } from '@/lib/units';
import { Card } from '@/ui/Page';
import { EmptyState, Skeleton } from '@/ui/States';
import { useMetricsMessages } from './messages';
import { sortRows, type SortKey, type TableModel, type TableRow } from './tableRows';

const rowHeight = 29;

export interface ResultTableProps {
  model: TableModel;
  unitOfQuery: (queryName: string) => Unit;
  manyQueries: boolean;
  pending: boolean;
  failed: boolean;
}

/** The answers as rows, one column a label; only what is in sight is in the document. */
export function ResultTable({ model, unitOfQuery, manyQueries, pending, failed }: ResultTableProps) {
  const t = useMetricsMessages();
  const locale = useLocale();
  const scroller = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<SortKey>(null);
  const rows = useMemo(() => sortRows(model.rows, sort), [model.rows, sort]);
  // The virtualiser keeps its own state, which the compiler cannot follow; nothing here is memoised through it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const time = dateFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  if (rows.length === 0) {
    if (model.texts.length > 0) return <Card className="p-4 font-mono">{model.texts.join('\n')}</Card>;
    if (pending) return <Card className="p-4"><Skeleton className="h-60" /></Card>;
    return failed ? null : <Card><EmptyState title={t('graph.none')} detail={t('graph.noneHint')} /></Card>;
  }
  const columns = [
    ...(manyQueries ? [{ id: '$query', header: t('table.query'), cell: (row: TableRow) => row.queryName }] : []),
    ...model.columns.map((name) => ({ id: name, header: name === '__name__' ? t('table.metric') : name, cell: (row: TableRow) => row.labels[name] ?? '' })),
    { id: '$time', header: t('table.at'), cell: (row: TableRow) => time.format(row.seconds * 1000) },
  ];
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const header = (id: string, text: string) => {
    const down = sort?.column === id ? sort.down : null;
    return (
      <button type="button" className="inline-flex items-center gap-1 rounded font-medium hover:text-ink" onClick={() => setSort({ column: id, down: down === null ? id === '$value' : !down })}>
        {text}
        {down !== null && (down ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
      </button>
    );
  };
  const ariaSort = (id: string) => (sort?.column === id ? (sort.down ? 'descending' : 'ascending') : undefined);
  return (
    <Card className="overflow-hidden">
      <div ref={scroller} className="max-h-[64vh] overflow-auto" tabIndex={0} role="region" aria-label={t('table.label')}>
        <table className="w-full text-left text-xs" aria-rowcount={rows.length + 1}>
          <thead className="sticky top-0 z-10 bg-surface text-ink-3 shadow-[0_1px_0_var(--line)]">
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col" aria-sort={ariaSort(column.id)} className="px-3 py-2 whitespace-nowrap">
                  {header(column.id, column.header)}
                </th>
              ))}
              <th scope="col" aria-sort={ariaSort('$value')} className="sticky right-0 bg-surface px-3 py-2 text-right whitespace-nowrap">
                {header('$value', t('table.value'))}
              </th>
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {items.map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <tr key={row.key} aria-rowindex={item.index + 2} className="border-b border-line hover:bg-bg" style={{ height: rowHeight }}>
                    {columns.map((column) => (
                      <td key={column.id} className="max-w-80 truncate px-3 font-mono">
                        {column.cell(row)}
                      </td>
                    ))}
                    <td className="sticky right-0 bg-surface px-3 text-right font-medium whitespace-nowrap" title={String(row.value)}>
                      {formatValue(locale, row.value, unitOfQuery(row.queryName))}
                    </td>
                  </tr>
                )
              );
            })}
            {after > 0 && <tr style={{ height: after }} />}
          </tbody>
        </table>
      </div>
      <div className="border-t border-line px-3 py-1.5 text-xs text-ink-3">{model.total > rows.length ? t('table.tooMany', { shown: rows.length, total: model.total }) : t('table.rows', { count: rows.length })}</div>
    </Card>
  );
}
