import type { DiffRow } from './rows';

/** A row to show, or unchanged rows folded into one. */
export type ShownRow = { row: DiffRow; index: number } | { from: number; count: number };

export const isFold = (shown: ShownRow): shown is { from: number; count: number } => 'count' in shown;

const context = 3;

/** Folds unchanged rows that are far from a change, except in the folds that were opened (named by their first row). */
export function foldRows(rows: readonly DiffRow[], opened: ReadonlySet<number>): ShownRow[] {
  const shown: ShownRow[] = [];
  let index = 0;
  while (index < rows.length) {
    let end = index;
    while (end < rows.length && rows[end]?.kind === 'same') end++;
    // At the start and the end there is no change on the other side to stay close to.
    const from = index === 0 ? 0 : Math.min(index + context, end);
    const to = end === rows.length ? end : Math.max(end - context, from);
    const fold = to - from > 1 && !opened.has(from) && end > index;
    for (let at = index; at < Math.max(end, index + 1); at++) {
      if (fold && at === from) shown.push({ from, count: to - from });
      const row = rows[at];
      if (row && !(fold && at >= from && at < to)) shown.push({ row, index: at });
    }
    index = Math.max(end, index + 1);
  }
  return shown;
}
