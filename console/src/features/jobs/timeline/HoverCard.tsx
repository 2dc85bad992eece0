import { dateFormat, formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useJobsMessages } from '../messages';
import { useReason } from '../parts/reasons';
import { OutcomeBadge, StateBadge } from '../parts/StateBadge';
import type { Hit } from './layout';
import { useTimelineMessages } from './messages';

export interface HoverCardProps {
  hit: Hit;
  nowMs: number;
  /** Where the pointer is, in the drawing. */
  x: number;
  y: number;
  width: number;
  height: number;
}

const cardWidth = 260;

/** What the card takes at most; above the pointer there must be as much. */
const cardHeight = 130;

/** What is under the pointer. */
export function HoverCard({ hit, nowMs, x, y, width, height }: HoverCardProps) {
  const t = useTimelineMessages();
  const jobs = useJobsMessages();
  const reason = useReason();
  const locale = useLocale();
  const clock = dateFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const left = x + 14 + cardWidth > width ? Math.max(0, x - cardWidth - 14) : x + 14;
  const place = y > height / 2 && y > cardHeight ? { bottom: height - y + 12 } : { top: y + 14 };
  const because = hit.fire && reason(hit.fire.reason);
  return (
    <div className="pop pointer-events-none absolute z-20 space-y-1 px-3 py-2 text-xs" style={{ left, width: cardWidth, ...place }}>
      <div className="truncate text-sm font-medium">{hit.lane.name}</div>
      {hit.run && (
        <>
          <StateBadge state={hit.run.state} />
          <div className="tabular">{hit.run.endMs === null ? `${clock.format(hit.run.startMs)} – ${t('stillRunning')}` : clock.formatRange(hit.run.startMs, hit.run.endMs)}</div>
          <div className="text-ink-2">{`${jobs('duration')}: ${formatSeconds(locale, ((hit.run.endMs ?? nowMs) - hit.run.startMs) / 1000)}`}</div>
          <div className="text-ink-3">{t('open')}</div>
        </>
      )}
      {hit.fire && (
        <>
          <OutcomeBadge outcome={hit.fire.outcome} />
          <div className="tabular">{clock.format(hit.fire.atMs)}</div>
          {because && <div className="text-ink-2">{t('reason', { reason: because })}</div>}
        </>
      )}
    </div>
  );
}
