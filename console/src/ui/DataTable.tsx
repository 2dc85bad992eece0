import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { cx } from './cx';
import { useUiMessages } from './messages';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** What the column sorts by; without it the column does not sort. */
  sortBy?: (row: T) => string | number | null;
  numeric?: boolean;
  /** Hidden below this width of the page. */
  from?: 'sm' | 'md' | 'lg' | 'xl';
}

export interface DataTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  sortedBy?: string;
  /** A last row with the sums, which does not sort; `label` stands in its first cell. */
  total?: { label: string; row: T };
}

const hiddenBelow = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' };

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}

/** A table for lists of up to some hundred rows, sorted by a click on a header. */
export function DataTable<T>({ label, columns, rows, rowKey, sortedBy, total }: DataTableProps<T>) {
  const t = useUiMessages();
  const [sort, setSort] = useState<{ id: string; down: boolean } | null>(sortedBy ? { id: sortedBy, down: false } : null);
  const sorted = useMemo(() => {
    const by = columns.find((column) => column.id === sort?.id)?.sortBy;
    if (!by || !sort) return rows;
    const direction = sort.down ? -1 : 1;
    return [...rows].sort((a, b) => direction * compare(by(a), by(b)));
  }, [columns, rows, sort]);
  const cellClass = (column: Column<T>) => cx('px-3 py-2 align-middle', column.numeric && 'text-right', column.from && hiddenBelow[column.from]);
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-xs text-ink-3">
            {columns.map((column) => {
              const down = sort?.id === column.id ? sort.down : null;
              return (
                <th key={column.id} scope="col" aria-sort={down === null ? undefined : down ? 'descending' : 'ascending'} className={cx(cellClass(column), 'font-medium whitespace-nowrap')}>
                  {column.sortBy ? (
                    <button
                      type="button"
                      aria-label={t('sortBy', { column: column.header })}
                      className="inline-flex items-center gap-1 rounded font-medium hover:text-ink"
                      onClick={() => setSort({ id: column.id, down: down === null ? column.numeric === true : !down })}
                    >
                      {column.header}
                      {down !== null && (down ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                    </button>
                  ) : (
                    column.header
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-0 hover:bg-bg">
              {columns.map((column) => (
                <td key={column.id} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr className="border-t border-line-strong font-semibold">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.id} scope="row" className={cellClass(column)}>
                    {total.label}
                  </th>
                ) : (
                  <td key={column.id} className={cellClass(column)}>
                    {column.cell(total.row)}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
