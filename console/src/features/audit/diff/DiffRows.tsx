import { useVirtualizer } from '@tanstack/react-virtual';
import { UnfoldVertical } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { AuditCut } from '@/api/auditContracts';
import { cx } from '@/ui/cx';
import { DiffLine } from './DiffLine';
import { isFold, type ShownRow } from './fold';
import { rowMarks, type Marks } from './marks';
import { useDiffMessages } from './messages';
import type { DiffRow } from './rows';
import { compareTexts, shorten } from './segments';

export type DiffLayout = 'split' | 'inline';

export interface DiffRowsProps {
  label: string;
  rows: readonly ShownRow[];
  marks: Marks;
  layout: DiffLayout;
  onUnfold: (from: number) => void;
  onCompare: (cut: AuditCut) => void;
}

/** Beyond this many rows only those in sight are in the document. */
const virtualFrom = 300;
const lineHeight = 20;

/** Both lines of a row, with what differs between them. */
function segmentsOf({ kind, left, right }: DiffRow) {
  if (kind === 'changed' && left?.kind === 'text' && right?.kind === 'text') return compareTexts(left.text, right.text);
  return [left ? shorten(left.text) : [], right ? shorten(right.text) : []] as const;
}

function RowLines({ row, marks, layout, onCompare }: { row: DiffRow } & Pick<DiffRowsProps, 'marks' | 'layout' | 'onCompare'>) {
  const { left, right } = rowMarks(marks, row);
  const [old, now] = segmentsOf(row);
  const changed = row.kind !== 'same';
  const before = (row.left || layout === 'split') && <DiffLine line={row.left} tone={changed ? 'removed' : 'same'} segments={old} mark={left} onCompare={onCompare} />;
  const after = (row.right || layout === 'split') && <DiffLine line={row.right} tone={changed ? 'added' : 'same'} segments={now} mark={right} onCompare={onCompare} />;
  if (layout === 'split') return <div role="row" className="grid grid-cols-2 divide-x divide-line">{before}{after}</div>;
  if (!changed) return <div role="row">{after}</div>;
  return (
    <>
      {before && <div role="row">{before}</div>}
      {after && <div role="row">{after}</div>}
    </>
  );
}

function FoldRow({ count, onOpen }: { count: number; onOpen: () => void }) {
  const t = useDiffMessages();
  return (
    <div role="row">
      <div role="cell" className="border-y border-line bg-raised font-sans">
        <button type="button" className="flex w-full items-center gap-2 px-3 py-0.5 text-xs text-ink-2 hover:text-ink" onClick={onOpen}>
          <UnfoldVertical size={13} aria-hidden="true" />
          {t('unchanged', { count })}
        </button>
      </div>
    </div>
  );
}

/** The rows of a diff, a long one as a window on it. */
export function DiffRows({ label, rows, marks, layout, onUnfold, onCompare }: DiffRowsProps) {
  const t = useDiffMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = rows.length > virtualFrom;
  // The virtualiser keeps its own state, which the compiler cannot follow; nothing here is memoised through it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: isVirtual ? rows.length : 0, getScrollElement: () => scroller.current, estimateSize: () => lineHeight, overscan: 20 });
  const draw = (shown: ShownRow | undefined): ReactNode =>
    shown && (isFold(shown) ? <FoldRow count={shown.count} onOpen={() => onUnfold(shown.from)} /> : <RowLines row={shown.row} marks={marks} layout={layout} onCompare={onCompare} />);
  return (
    <div ref={scroller} role="region" tabIndex={0} aria-label={label} className="max-h-[70vh] overflow-auto">
      <div role="table" aria-label={label} aria-rowcount={isVirtual ? rows.length : undefined} className={cx('font-mono text-xs leading-5', layout === 'split' && 'min-w-[640px]')}>
        {layout === 'split' && (
          <div role="rowgroup" className="sticky top-0 z-10">
            <div role="row" className="grid grid-cols-2 divide-x divide-line border-b border-line bg-surface font-sans text-ink-3">
              <span role="columnheader" className="px-3 py-1">{t('before')}</span>
              <span role="columnheader" className="px-3 py-1">{t('after')}</span>
            </div>
          </div>
        )}
        {isVirtual ? (
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => (
              <div key={item.key} role="presentation" data-index={item.index} ref={virtual.measureElement} className="absolute inset-x-0" style={{ top: item.start }}>
                {draw(rows[item.index])}
              </div>
            ))}
          </div>
        ) : (
          <div role="rowgroup">
            {rows.map((shown) => (
              <div key={isFold(shown) ? `fold ${shown.from}` : shown.index} role="presentation">
                {draw(shown)}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
