import { ArrowRightToLine, Repeat2, SkipForward } from 'lucide-react';
import type { PreviewFire } from '@/api/jobsContracts';
import { dateFormat, formatRelative } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useNow } from '@/lib/useNow';
import { useJobsMessages } from '../messages';

const icons = { gap: ArrowRightToLine, overlapFirst: Repeat2, overlapSecond: Repeat2, skippedGap: SkipForward };

/** The offset at the end of RFC 3339: `+02:00`, or `Z`. */
const offsetOf = (local: string): string => /(?:[+-]\d\d:\d\d|Z)$/.exec(local)?.[0].replace(/^Z$/, '+00:00') ?? '';

/** Fires to come in the schedule's own zone, with those marked at which clocks change. */
export function FireList({ fires, timeZone }: { fires: readonly PreviewFire[]; timeZone: string | null }) {
  const t = useJobsMessages();
  const locale = useLocale();
  const now = useNow();
  const format = dateFormat(locale, { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'UTC' });
  // The local time as the server wrote it: this browser's idea of the zone may be older.
  const local = (fire: PreviewFire) => format.format(Date.parse(`${fire.local.slice(0, 19)}Z`));
  return (
    <ol aria-label={t('preview')} className="divide-y divide-line">
      {fires.map((fire) => {
        const Icon = fire.mark && icons[fire.mark];
        return (
          <li key={`${fire.at} ${fire.mark ?? ''}`} className={fire.mark ? 'bg-warn-soft px-3 py-1.5' : 'px-3 py-1.5'}>
            <div className="flex flex-wrap items-baseline gap-x-3">
              <span className={fire.mark === 'skippedGap' ? 'tabular line-through' : 'tabular'}>{local(fire)}</span>
              <span className="tabular text-xs text-ink-3" title={timeZone ?? undefined}>{offsetOf(fire.local)}</span>
              <span className="ml-auto text-xs text-ink-3">{formatRelative(locale, Date.parse(fire.at), now)}</span>
            </div>
            {fire.mark && Icon && (
              <div className="flex items-center gap-1.5 text-xs text-warn">
                <Icon size={12} aria-hidden="true" className="shrink-0" />
                <span>{t(`mark.${fire.mark}`)}</span>
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
