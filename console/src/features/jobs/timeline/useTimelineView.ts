import { useCallback, useEffect, useRef, useState } from 'react';
import { useNow } from '@/lib/useNow';
import { isRelative, resolveRange, type Interval } from '@/lib/timeRange';
import { useTimeRange } from '@/lib/useTimeRange';

const settleMs = 350;
const hourMs = 3_600_000;

/** The interval in view: that of the address, or while it is dragged and zoomed one of its own that becomes the address when it rests. */
export function useTimelineView(): { view: Interval; nowMs: number; setView: (view: Interval) => void } {
  const { range, setInterval } = useTimeRange();
  const nowMs = useNow(1000);
  const [moved, setMoved] = useState<Interval | null>(null);
  const [seen, setSeen] = useState(range);
  // The address changed: by the top bar, the back button, or because what was dragged came to rest.
  if (seen !== range) {
    setSeen(range);
    setMoved(null);
  }
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  const setView = useCallback(
    (view: Interval) => {
      setMoved(view);
      clearTimeout(timer.current ?? undefined);
      timer.current = setTimeout(() => setInterval(view), settleMs);
    },
    [setInterval],
  );
  const resolved = resolveRange(range, nowMs) ?? { fromMs: nowMs - hourMs, toMs: nowMs };
  // A little of the future beside now, so that what runs is seen to end where it ends.
  const margin = isRelative(range) ? (resolved.toMs - resolved.fromMs) * 0.02 : 0;
  return { view: moved ?? { fromMs: resolved.fromMs, toMs: resolved.toMs + margin }, nowMs, setView };
}
