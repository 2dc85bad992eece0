import { dateFormat } from './format';
import type { Locale } from './locale';

/**
 * Labels for ticks of a time axis, in seconds since 1970: as coarse as the distance between ticks allows, with the date
 * on the first tick of each day so that midnight is not lost.
 */
export function timeTickLabels(locale: Locale, ticks: readonly number[], gapSeconds: number): string[] {
  const day = dateFormat(locale, { month: 'short', day: 'numeric' });
  const time = dateFormat(locale, gapSeconds >= 60 ? { hour: '2-digit', minute: '2-digit' } : { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  let lastDay: string | null = null;
  return ticks.map((tick) => {
    const date = day.format(tick * 1000);
    if (gapSeconds >= 86_400) return date;
    const label = time.format(tick * 1000);
    const newDay = lastDay !== null && date !== lastDay;
    lastDay = date;
    return newDay ? `${label}\n${date}` : label;
  });
}
