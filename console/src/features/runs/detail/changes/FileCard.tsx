import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { FileChange } from '@/api/runsContracts';
import { visibleText } from '@/lib/visibleText';
import { cx } from '@/ui/cx';
import { Card } from '@/ui/Page';
import { useDetailMessages } from '../messages';
import { ChangeIcon, ChangeMarks } from './ChangeMarks';
import { DiffView } from './DiffView';

export interface FileCardProps {
  index: number;
  change: FileChange;
  open: boolean;
  /** The one that the address names; it is scrolled to. */
  pointed: boolean;
  onToggle: () => void;
}

/** One changed file: what happened to it, and its diff. */
export function FileCard({ index, change, open, pointed, onToggle }: FileCardProps) {
  const t = useDetailMessages();
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pointed) card.current?.scrollIntoView({ block: 'start' });
  }, [pointed]);
  const edits = change.toolUseIds?.length ?? 0;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <div ref={card} className="mb-3 scroll-mt-4">
      <Card className={cx('overflow-hidden', !change.attributed && 'border-warn')}>
        <div
          data-row={index}
          tabIndex={-1}
          className="flex items-center gap-2.5 px-3 py-1.5 focus-visible:-outline-offset-2"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
            event.preventDefault();
            onToggle();
          }}
        >
          <button type="button" aria-expanded={open} aria-label={t(open ? 'foldFile' : 'unfoldFile', { path: change.path })} className="grid size-6 shrink-0 place-items-center rounded text-ink-3 hover:bg-raised hover:text-ink" onClick={onToggle}>
            <Chevron size={15} />
          </button>
          <ChangeIcon change={change} />
          <span className="min-w-0 flex-1 truncate font-mono text-xs font-medium" title={change.path}>
            {visibleText(change.path)}
          </span>
          {change.attributed && edits > 0 && <span className="shrink-0 text-xs text-ink-3 max-md:hidden">{t('attributedBy', { count: edits })}</span>}
          <ChangeMarks change={change} />
        </div>
        {open && !change.attributed && <p className="border-t border-line bg-warn-soft px-4 py-1.5 text-xs text-warn">{t('unattributedWhy')}</p>}
        {open && (change.diff ? <DiffView path={change.path} diff={change.diff} /> : <p className="border-t border-line px-4 py-3 text-ink-3">{t('noDiff')}</p>)}
      </Card>
    </div>
  );
}
