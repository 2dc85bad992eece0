import { FoldVertical, UnfoldVertical } from 'lucide-react';
import { useMemo, useState } from 'react';
import { visibleText } from '@/lib/visibleText';
import { cx } from '@/ui/cx';
import { useDetailMessages } from '../messages';
import { readUnified, type DiffLine } from './unified';

const foldFrom = 60;
const shownFolded = 40;

const looks: Record<DiffLine['kind'], string> = {
  added: 'bg-ok-soft',
  removed: 'bg-bad-soft',
  same: '',
  hunk: 'bg-raised text-ink-3 select-none',
  note: 'text-ink-3 italic',
};
const signs: Partial<Record<DiffLine['kind'], string>> = { added: '+', removed: '−' };

function Line({ line }: { line: DiffLine }) {
  const number = 'tabular w-11 shrink-0 pr-2 text-right text-ink-3 select-none';
  return (
    <div role="row" className={cx('flex min-w-full w-max', looks[line.kind])}>
      <span role="cell" className={number}>{line.old}</span>
      <span role="cell" className={number}>{line.now}</span>
      <span role="cell" className="flex pr-4">
        <span className={cx('w-4 shrink-0 text-center select-none', line.kind === 'added' && 'text-ok', line.kind === 'removed' && 'text-bad')}>{signs[line.kind]}</span>
        <span className="whitespace-pre">{line.kind === 'hunk' ? `⋯ ${visibleText(line.text)}` : visibleText(line.text)}</span>
      </span>
    </div>
  );
}

/** A unified diff with the numbers of its lines; a long one is folded. */
export function DiffView({ path, diff }: { path: string; diff: string }) {
  const t = useDetailMessages();
  const [open, setOpen] = useState(false);
  const lines = useMemo(() => readUnified(diff), [diff]);
  const isLong = lines.length > foldFrom;
  const shown = isLong && !open ? lines.slice(0, shownFolded) : lines;
  return (
    <>
      <div role="region" tabIndex={0} aria-label={t('diffOf', { path })} className="max-h-[75vh] overflow-auto border-t border-line">
        <div role="table" aria-label={t('diffOf', { path })} className="font-mono text-xs leading-5">
          <div role="rowgroup">
            {shown.map((line, index) => (
              <Line key={index} line={line} />
            ))}
          </div>
        </div>
      </div>
      {isLong && (
        <button type="button" className="flex w-full items-center gap-2 border-t border-line bg-raised px-3 py-1 text-xs text-ink-2 hover:text-ink" onClick={() => setOpen(!open)}>
          {open ? <FoldVertical size={13} aria-hidden="true" /> : <UnfoldVertical size={13} aria-hidden="true" />}
          {open ? t('showLess') : t('showMore', { count: lines.length - shownFolded })}
        </button>
      )}
    </>
  );
}
