import { CalendarClock, ChevronLeft, ChevronRight, ZoomOut } from 'lucide-react';
import { dateFormat, formatDuration } from '@/lib/format';
import { useLocale, type Locale } from '@/lib/locale';
import { isRelative, lastDuration, resolveRange, shiftInterval, widenInterval, type TimeRange } from '@/lib/timeRange';
import { useTimeRange } from '@/lib/useTimeRange';
import { IconButton } from '@/ui/Button';
import { Popover } from '@/ui/Popover';
import { useAppMessages } from '../messages';
import { TimeRangeForm } from './TimeRangeForm';
import { overlayStore, useOverlay } from './overlay';

/** How a range is called on the button: `Last 1 h`, or its two instants with the date only where it changes. */
function describe(locale: Locale, range: TimeRange, last: (duration: string) => string): string {
  const duration = lastDuration(range);
  if (duration !== null) return last(formatDuration(locale, duration));
  const interval = resolveRange(range, Date.now());
  if (interval === null || isRelative(range)) return `${range.from} – ${range.to}`;
  const long = interval.toMs - interval.fromMs > 48 * 3_600_000;
  const time: Intl.DateTimeFormatOptions = long ? {} : { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return dateFormat(locale, { month: 'short', day: 'numeric', ...time }).formatRange(interval.fromMs, interval.toMs);
}

export function TimeRangePicker() {
  const t = useAppMessages();
  const locale = useLocale();
  const open = useOverlay() === 'time';
  const { range, setRange, setInterval } = useTimeRange();
  const label = describe(locale, range, (duration) => t('time.last', { duration }));
  const setOpen = (next: boolean) => overlayStore.set(next ? 'time' : null);
  const interval = () => resolveRange(range, Date.now());
  const move = (direction: -1 | 1) => {
    const now = interval();
    if (now) setInterval(shiftInterval(now, direction));
  };
  const widen = () => {
    const now = interval();
    if (now) setInterval(widenInterval(now, Date.now()));
  };
  const trigger = (
    <button
      type="button"
      aria-label={t('time.label', { range: label })}
      className="tabular inline-flex min-h-8 min-w-0 items-center gap-1.5 border-x border-line px-2.5 text-xs font-medium hover:bg-raised"
    >
      <CalendarClock size={14} className="shrink-0 text-ink-3" aria-hidden="true" />
      <span className="truncate">{label}</span>
    </button>
  );
  return (
    <div className="flex min-w-0 items-center rounded-md border border-line bg-surface">
      <IconButton label={t('time.earlier')} icon={<ChevronLeft size={15} />} onClick={() => move(-1)} className="rounded-r-none" />
      <Popover trigger={trigger} label={t('time.label', { range: label })} open={open} onOpenChange={setOpen}>
        <TimeRangeForm
          range={range}
          onApply={(next) => {
            setRange(next);
            setOpen(false);
          }}
        />
      </Popover>
      <IconButton
        label={t('time.later')}
        icon={<ChevronRight size={15} />}
        onClick={() => move(1)}
        disabledReason={range.to === 'now' && t('time.laterOff')}
        className="rounded-none"
      />
      <IconButton label={t('time.wider')} icon={<ZoomOut size={14} />} onClick={widen} className="rounded-l-none" />
    </div>
  );
}
