import { ArrowDown } from 'lucide-react';
import { Fragment } from 'react';
import { useRunsMessages } from '../messages';
import type { SortColumn } from './filters';

export interface SortHeaderProps {
  columns: readonly SortColumn[];
  sort: SortColumn;
  onSort: (column: SortColumn) => void;
}

/** The header of a column with one or two figures, by each of which the whole list can be sorted, the highest first. */
export function SortHeader({ columns, sort, onSort }: SortHeaderProps) {
  const t = useRunsMessages();
  return columns.map((column, index) => (
    <Fragment key={column}>
      {index > 0 && <span aria-hidden="true">{' · '}</span>}
      <button
        type="button"
        aria-pressed={sort === column}
        aria-label={t('sortBy', { column: t(`column.${column}`) })}
        className={sort === column ? 'inline-flex items-center gap-0.5 rounded font-semibold text-ink' : 'inline-flex items-center rounded font-medium hover:text-ink'}
        onClick={() => onSort(column)}
      >
        {t(`column.${column}`)}
        {sort === column && <ArrowDown size={12} aria-hidden="true" />}
      </button>
    </Fragment>
  ));
}
