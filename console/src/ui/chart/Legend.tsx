import { lastValue, type ChartSeries } from '@/lib/chartData';
import { formatValue } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import type { Unit } from '@/lib/units';

export const seriesColour = (colour: number): string => (colour === 0 ? 'var(--line-strong)' : `var(--series-${colour})`);

/** A line of names and newest values below a small chart. */
export function CompactLegend({ series, unit }: { series: readonly ChartSeries[]; unit: Unit }) {
  const locale = useLocale();
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 px-4 pb-3 text-xs">
      {series.map((one) => (
        <li key={one.key} className="flex min-w-0 items-center gap-1.5">
          <span className="h-0.75 w-2.5 shrink-0 rounded-full" style={{ background: seriesColour(one.colour) }} />
          <span className="truncate text-ink-2">{one.name}</span>
          <span className="tabular font-medium">{formatValue(locale, lastValue(one.values), unit)}</span>
        </li>
      ))}
    </ul>
  );
}
