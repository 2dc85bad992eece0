import { tokenKinds, type ModelUsage } from '@/api/runsContracts';
import { useRunsMessages } from '@/features/runs/messages';
import { formatUsd } from '@/features/runs/parts/money';
import { formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useUsageMessages } from './messages';

const sumOf = (usage: Record<(typeof tokenKinds)[number], number>): number => tokenKinds.reduce((all, kind) => all + usage[kind], 0);

/** Tokens of each model by kind, with their sums. */
export function ModelTable({ label, models, costUsd }: { label: string; models: readonly ModelUsage[]; costUsd?: number | null }) {
  const t = useUsageMessages();
  const runs = useRunsMessages();
  const locale = useLocale();
  const head = 'px-3 py-2 text-right font-medium whitespace-nowrap';
  const cell = 'tabular px-3 py-2 text-right whitespace-nowrap';
  const figure = (value: number) => (value === 0 ? <span className="text-ink-3">–</span> : formatCount(locale, value));
  return (
    <div className="overflow-x-auto" role="region" tabIndex={0} aria-label={label}>
      <table className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-xs text-ink-3">
            <th scope="col" className="px-3 py-2 font-medium">{t('model')}</th>
            {tokenKinds.map((kind) => (
              <th key={kind} scope="col" className={head}>{runs(`tokens.${kind}`)}</th>
            ))}
            <th scope="col" className={head}>{t('total')}</th>
            <th scope="col" className={head}>{t('cost')}</th>
          </tr>
        </thead>
        <tbody>
          {models.map((usage) => (
            <tr key={usage.model} className="border-b border-line last:border-0">
              <th scope="row" className="px-3 py-2 font-mono text-xs font-medium break-all">{usage.model}</th>
              {tokenKinds.map((kind) => (
                <td key={kind} className={cell}>{figure(usage[kind])}</td>
              ))}
              <td className={`${cell} font-medium`}>{formatCount(locale, sumOf(usage))}</td>
              <td className={`${cell} font-medium`}>{formatUsd(locale, usage.costUsd)}</td>
            </tr>
          ))}
        </tbody>
        {models.length > 1 && (
          <tfoot>
            <tr className="border-t border-line-strong font-semibold">
              <th scope="row" className="px-3 py-2">{t('total')}</th>
              {tokenKinds.map((kind) => (
                <td key={kind} className={cell}>{figure(models.reduce((all, usage) => all + usage[kind], 0))}</td>
              ))}
              <td className={cell}>{formatCount(locale, models.reduce((all, usage) => all + sumOf(usage), 0))}</td>
              <td className={cell}>{formatUsd(locale, costUsd)}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
