import { Copy, Ellipsis, Eye, EyeOff, Pencil, Play, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { errorPosition } from '@/lib/promqlError';
import { IconButton } from '@/ui/Button';
import { cx } from '@/ui/cx';
import { Menu, MenuItem } from '@/ui/Menu';
import { useMetricsMessages } from './messages';
import { RenameField } from './RenameField';
import type { MetricsQuery } from './urlState';
import type { QueryOutcome } from './useAnswers';

const PromqlEditor = lazy(() => import('./PromqlEditor'));

export interface QueryRowProps {
  query: MetricsQuery;
  outcome: QueryOutcome | undefined;
  first: boolean;
  alone: boolean;
  takenNames: readonly string[];
  onChange: (query: MetricsQuery) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

function Outcome({ outcome, changed }: { outcome: QueryOutcome | undefined; changed: boolean }) {
  const t = useMetricsMessages();
  const locale = useLocale();
  if (changed) return <span className="text-warn">{t('query.unsaved')}</span>;
  if (!outcome || outcome.error) return null;
  if (!outcome.answer) return <span>{t('query.running')}</span>;
  const series = t('query.series', { count: outcome.answer.series.length });
  return <span className="tabular">{t('query.stats', { series, took: formatSeconds(locale, outcome.answer.tookMs / 1000) })}</span>;
}

function Failure({ outcome }: { outcome: QueryOutcome | undefined }) {
  const t = useMetricsMessages();
  if (!outcome?.error) {
    const warnings = outcome?.answer?.warnings ?? [];
    return warnings.length === 0 ? null : <p className="mt-1 rounded bg-warn-soft px-2.5 py-1 text-xs text-warn">{warnings.join(' · ')}</p>;
  }
  const position = errorPosition(outcome.error.message);
  const text = position ? t('error.position', { line: position.line, column: position.column, text: position.text }) : [outcome.error.message, outcome.error.detail].filter(Boolean).join(' ');
  return (
    <p role="alert" className="mt-1 rounded bg-bad-soft px-2.5 py-1 text-xs break-words text-bad">
      <span className="font-semibold">{t('error.title', { name: outcome.name })}</span> <span className="font-mono">{text}</span>
    </p>
  );
}

/** One query: its name, its editor, how it went, and what can be done with it. */
export function QueryRow({ query, outcome, first, alone, takenNames, onChange, onDuplicate, onRemove }: QueryRowProps) {
  const t = useMetricsMessages();
  const { name, expression, enabled } = query;
  const [draft, setDraft] = useState(expression);
  const [renaming, setRenaming] = useState(false);
  const [shown, setShown] = useState(expression);
  // A change of the URL, such as going back, replaces the draft.
  if (shown !== expression) {
    setShown(expression);
    setDraft(expression);
  }
  const run = (text: string) => onChange({ ...query, expression: text.trim(), enabled: true });
  const error = outcome?.error ? { expression: outcome.expression, message: outcome.error.message } : null;
  const toggleLabel = enabled ? t('query.hide', { name }) : t('query.show', { name });
  return (
    <div className="grid grid-cols-[auto_1fr_auto] items-start gap-x-2">
      <div className="flex items-center gap-1 pt-px">
        {renaming ? (
          <RenameField name={name} taken={takenNames} onDone={(next) => { setRenaming(false); if (next !== null) onChange({ ...query, name: next }); }} />
        ) : (
          <button type="button" onDoubleClick={() => setRenaming(true)} onClick={() => onChange({ ...query, enabled: !enabled })} aria-pressed={enabled} aria-label={toggleLabel} title={toggleLabel}
            className={cx('flex min-h-8 max-w-32 items-center gap-1.5 rounded-md px-2 font-mono text-xs font-semibold', enabled ? 'bg-accent-soft text-accent' : 'bg-raised text-ink-3 line-through')}>
            {enabled ? <Eye size={13} aria-hidden="true" /> : <EyeOff size={13} aria-hidden="true" />}
            <span className="truncate">{name}</span>
          </button>
        )}
      </div>
      <div className="min-w-0">
        <Suspense fallback={<div className="h-8.5 rounded-md border border-line bg-surface px-2.5 py-1.5 font-mono text-sm text-ink-3">{draft}</div>}>
          <PromqlEditor name={name} value={draft} serverError={error} onChange={setDraft} onRun={run} autoFocus={first && expression === ''} searchable={first} />
        </Suspense>
        <Failure outcome={outcome} />
        <div className="min-h-5 pt-0.5 text-xs text-ink-3" aria-live="polite">
          <Outcome outcome={enabled ? outcome : undefined} changed={draft.trim() !== expression} />
        </div>
      </div>
      <div className="flex items-center pt-px">
        <IconButton label={t('query.run')} icon={<Play size={15} />} onClick={() => run(draft)} look={draft.trim() === expression ? 'ghost' : 'primary'} />
        <Menu trigger={<IconButton label={t('query.menu', { name })} icon={<Ellipsis size={16} />} />}>
          <MenuItem icon={<Pencil size={15} />} onSelect={() => setRenaming(true)}>{t('query.rename')}</MenuItem>
          <MenuItem icon={<Copy size={15} />} onSelect={onDuplicate}>{t('query.duplicate')}</MenuItem>
          {!alone && <MenuItem danger icon={<Trash2 size={15} />} onSelect={onRemove}>{t('query.remove', { name })}</MenuItem>}
        </Menu>
        <IconButton label={t('query.remove', { name })} icon={<Trash2 size={15} />} onClick={onRemove} disabledReason={alone && t('query.removeOff')} className="max-sm:hidden" />
      </div>
    </div>
  );
}
