import type { ChartData } from '@/lib/chartData';
import { dateFormat, formatValue } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import type { Unit } from '@/lib/units';
import { useUiMessages } from '../messages';

const mostRows = 200;

/** A chart's figures as a table, the newest first: for those who cannot see it, and for exact values. */
export function ChartTable({ title, data, unit }: { title: string; data: ChartData; unit: Unit }) {
  const t = useUiMessages();
  const locale = useLocale();
  const time = dateFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  const rows = data.times
    .map((seconds, index) => ({ seconds, index }))
    .filter(({ index }) => data.series.some((one) => (one.values[index] ?? null) !== null))
    .reverse()
    .slice(0, mostRows);
  return (
    <div className="max-h-[60vh] overflow-auto" tabIndex={0} role="region" aria-label={title}>
      <table className="w-full text-left text-xs">
        <thead className="sticky top-0 bg-overlay">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">{t('time')}</th>
            {data.series.map((one) => (
              <th key={one.key} scope="col" className="max-w-60 truncate px-3 py-1.5 text-right font-medium">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ seconds, index }) => (
            <tr key={seconds} className="border-t border-line">
              <td className="px-3 py-1 whitespace-nowrap">{time.format(seconds * 1000)}</td>
              {data.series.map((one) => (
                <td key={one.key} className="px-3 py-1 text-right">
                  {formatValue(locale, one.values[index], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
