import { useMatches } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { TimeControls } from './feature';
import { useRawSearch, useUpdateSearch } from './search';
import { absoluteRange, isValidRange, parseRefresh, type Interval, type Refresh, type TimeRange } from './timeRange';

const fallback: TimeControls = { defaultRange: { from: 'now-1h', to: 'now' }, defaultRefresh: 'off' };

/** The time controls of the page that is shown, or undefined when it has none. */
export function useTimeControls(): TimeControls | undefined {
  return useMatches({ select: (matches) => matches.findLast((match) => match.staticData.time)?.staticData.time });
}

export interface TimeRangeState {
  range: TimeRange;
  refresh: Refresh;
  setRange: (range: TimeRange) => void;
  /** Sets an absolute range, as zooming does. */
  setInterval: (interval: Interval) => void;
  setRefresh: (refresh: Refresh) => void;
}

/** The time range and refresh of the URL, or the page's own defaults where the URL is silent or wrong. */
export function useTimeRange(): TimeRangeState {
  const search = useRawSearch();
  const update = useUpdateSearch();
  const controls = useTimeControls() ?? fallback;
  const { from, to } = search;
  const range = useMemo(() => {
    const wanted = { from: from ?? '', to: to ?? 'now' };
    return isValidRange(wanted) ? wanted : controls.defaultRange;
  }, [from, to, controls]);
  const refresh = parseRefresh(search['refresh']) ?? controls.defaultRefresh;
  const setRange = useCallback((next: TimeRange) => update({ from: next.from, to: next.to }), [update]);
  const setIntervalRange = useCallback((next: Interval) => setRange(absoluteRange(next)), [setRange]);
  const setRefresh = useCallback((next: Refresh) => update({ refresh: next }), [update]);
  return { range, refresh, setRange, setInterval: setIntervalRange, setRefresh };
}
