import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRunsMessages } from '../messages';
import type { RunSort, SortColumn } from './filters';

/** A column's header that sorts the whole list by it. */
export function SortHeader({ column, label, sort, onSort }: { column: SortColumn; label: string; sort: RunSort; onSort: (column: SortColumn) => void }) {
  const t = useRunsMessages();
  const Arrow = sort.down ? ArrowDown : ArrowUp;
  return (
    <button type="button" aria-label={t('sortBy', { column: label })} className="inline-flex items-center gap-1 rounded font-medium hover:text-ink" onClick={() => onSort(column)}>
      {label}
      {sort.column === column && <Arrow size={12} aria-hidden="true" />}
    </button>
  );
}
