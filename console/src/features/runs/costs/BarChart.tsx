import type { ReactNode } from 'react';
import { seriesColour } from '@/ui/chart/Legend';
import { axisTicks, type Bar } from './bars';

export interface BarChartProps {
  label: string;
  bars: readonly Bar[];
  /** Names of the parts; one name needs no legend. */
  parts: readonly string[];
  name: (bar: Bar) => ReactNode;
  write: (value: number) => string;
}

/** Bars from zero, one below the other, each with its name and its figure. The table beside it says the same to those who cannot see it. */
export function BarChart({ label, bars, parts, name, write }: BarChartProps) {
  const ticks = axisTicks(Math.max(0, ...bars.map((bar) => bar.total)));
  const top = ticks.at(-1) ?? 1;
  const share = (value: number) => `${top > 0 ? (value / top) * 100 : 0}%`;
  return (
    <div role="group" aria-label={label} className="px-4 pt-3 pb-4">
      {parts.length > 1 && (
        <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-ink-2">
          {parts.map((part, index) => (
            <li key={part} className="inline-flex items-center gap-1.5">
              <span className="size-2.5 rounded-sm" style={{ background: seriesColour(index + 1) }} aria-hidden="true" />
              {part}
            </li>
          ))}
        </ul>
      )}
      <div className="grid grid-cols-[minmax(90px,18%)_minmax(0,1fr)_84px] items-center gap-x-3 text-xs">
        <span />
        <div className="relative h-5 text-2xs text-ink-3" aria-hidden="true">
          {ticks.map((tick, index) => (
            <span key={tick} className="tabular absolute -translate-x-1/2 whitespace-nowrap first:translate-x-0 last:-translate-x-full" style={{ left: share(tick) }}>
              {index === 0 || index === ticks.length - 1 || ticks.length <= 6 ? write(tick) : ''}
            </span>
          ))}
        </div>
        <span />
        {bars.map((bar) => (
          <div key={`${bar.key ?? ''} ${bar.others}`} className="contents">
            <span className="min-w-0 truncate py-1 text-right">{name(bar)}</span>
            <span className="relative block h-full min-h-7" aria-hidden="true">
              {ticks.map((tick) => (
                <span key={tick} className="absolute inset-y-0 w-px bg-line" style={{ left: share(tick) }} />
              ))}
              <span className="absolute inset-y-1.5 left-0 flex w-full">
                {bar.parts.map((part, index) => (
                  <span key={index} className="h-full last:rounded-r-sm" style={{ width: share(part), background: seriesColour(index + 1) }} />
                ))}
              </span>
            </span>
            <span className="tabular text-right font-medium whitespace-nowrap">{write(bar.total)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
