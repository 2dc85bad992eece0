import { useMemo } from 'react';
import { summarise } from '@/lib/chartData';
import { formatValue } from '@/lib/format';
import { formatLabels } from '@/lib/labels';
import { useLocale } from '@/lib/locale';
import type { Unit } from '@/lib/units';
import { seriesColour } from '@/ui/chart/Legend';
import { Button } from '@/ui/Button';
import { cx } from '@/ui/cx';
import { useMetricsMessages } from './messages';
import type { GraphSeries } from './seriesModel';

export interface LegendTableProps {
  series: readonly GraphSeries[];
  hidden: ReadonlySet<string>;
  only: string | null;
  unitOfQuery: (queryName: string) => Unit;
  onIsolate: (hash: string) => void;
  onToggle: (hash: string) => void;
  onShowAll: () => void;
  onFocus: (key: string | null) => void;
}

const columns = ['last', 'min', 'mean', 'max'] as const;

/** The series below the graph with their figures: a tick shows or hides one, its name shows it alone. */
export function LegendTable({ series, hidden, only, unitOfQuery, onIsolate, onToggle, onShowAll, onFocus }: LegendTableProps) {
  const t = useMetricsMessages();
  const locale = useLocale();
  const rows = useMemo(
    () => series.map((one) => ({ one, summary: summarise(one.values) })).sort((a, b) => (b.summary.last ?? -Infinity) - (a.summary.last ?? -Infinity)),
    [series],
  );
  return (
    <div className="border-t border-line">
      <div className={cx('flex min-h-9 items-center gap-3 px-4 text-xs text-ink-3', hidden.size === 0 && 'max-sm:hidden')}>
        <span className="max-sm:hidden">{t('legend.hint')}</span>
        {hidden.size > 0 && (
          <Button small look="ghost" className="ml-auto" onClick={onShowAll}>
            {t('legend.all')}
          </Button>
        )}
      </div>
      <div className="max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={t('legend.label')} onMouseLeave={() => onFocus(null)}>
        <table className="w-full text-left text-xs">
          <thead className="sticky top-0 z-10 bg-surface text-ink-3">
            <tr>
              <th scope="col" className="py-1 pl-4 font-medium" colSpan={2}>{t('legend.label')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className={cx('px-3 py-1 text-right font-medium', column !== 'last' && 'max-sm:hidden')}>
                  {t(`legend.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ one, summary }) => {
              const off = hidden.has(one.key);
              const full = formatLabels(one.labels);
              return (
                <tr key={one.key} className={cx('border-t border-line hover:bg-bg', off && 'text-ink-3')} onMouseEnter={() => onFocus(off ? null : one.key)}>
                  <td className="w-8 py-1 pl-4 align-middle">
                    <input
                      type="checkbox"
                      className="block size-3.5"
                      style={{ accentColor: seriesColour(one.colour) }}
                      checked={!off}
                      aria-label={t('legend.toggle', { name: one.name })}
                      onChange={() => onToggle(one.hash)}
                    />
                  </td>
                  <td className="w-full max-w-0 py-1 pl-2">
                    <button
                      type="button"
                      className={cx('flex w-full min-w-0 items-center gap-2 rounded text-left font-mono hover:text-accent', only === one.hash && 'font-semibold')}
                      aria-pressed={only === one.hash}
                      aria-label={t('legend.isolate', { name: one.name })}
                      title={full}
                      onClick={() => onIsolate(one.hash)}
                    >
                      <span className="h-0.75 w-3 shrink-0 rounded-full" style={{ background: seriesColour(one.colour), opacity: off ? 0.35 : 1 }} />
                      <span className="truncate">{one.name}</span>
                    </button>
                  </td>
                  {columns.map((column) => (
                    <td key={column} className={cx('px-3 py-1 text-right whitespace-nowrap', column === 'last' ? 'font-medium' : 'text-ink-2 max-sm:hidden')}>
                      {formatValue(locale, summary[column], unitOfQuery(one.queryName))}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
