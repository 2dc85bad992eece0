import { useQueries, type Query, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { rangeQuery, type RangeAnswer } from '@/api/rangeQuery';
import { firstTime, type ChartData } from '@/lib/chartData';
import { isRelative, refreshMs, type Interval, type Refresh, type TimeRange } from '@/lib/timeRange';
import type { ChartState } from '@/ui/chart/ChartCard';
import { useOverviewMessages } from './messages';
import { panelData } from './panelData';
import { expressionFor, measureEverySeconds, panels, type Panel } from './panels';

const maxPoints = 240;

/** On a fresh start the first samples are a moment away: an empty answer is asked for again soon, though not for ever. */
const soonMs = 1000;
const soonTimes = 30;
const requests = panels.flatMap((panel) => panel.queries.map((query) => ({ panel, query })));

export interface PanelState extends ChartState {
  retry: () => void;
}

type Name = Parameters<typeof panelData>[2];

/** Keeps a panel's chart until one of its answers changes, so that one answer redraws one chart and not all. */
function createChartCache() {
  const last = new Map<Panel, { inputs: readonly unknown[]; chart: ChartData | undefined }>();
  return (panel: Panel, answers: readonly (RangeAnswer | undefined)[], name: Name): ChartData | undefined => {
    const inputs = [...answers, name];
    const known = last.get(panel);
    if (known?.inputs.every((input, index) => input === inputs[index])) return known.chart;
    const chart = panelData(panel, answers, name);
    last.set(panel, { inputs, chart });
    return chart;
  };
}

type StateParts = Omit<PanelState, 'retry'>;

/** Keeps a panel's state until a part of it changes, so that a card is drawn again only for what is its own. */
function createStateCache() {
  const last = new Map<Panel, PanelState>();
  return (panel: Panel, parts: StateParts, retry: () => void): PanelState => {
    const known = last.get(panel);
    const same =
      known !== undefined &&
      known.data === parts.data &&
      known.error === parts.error &&
      known.updatedAt === parts.updatedAt &&
      known.interval?.fromMs === parts.interval?.fromMs &&
      known.interval?.toMs === parts.interval?.toMs;
    if (same) return known;
    const state = { ...parts, retry };
    last.set(panel, state);
    return state;
  };
}

/** Shortens a live range to where there is something to see, so that a fresh start does not show an empty chart. */
export function visibleInterval(interval: Interval, all: readonly (ChartData | undefined)[], live: boolean): Interval {
  const firsts = all.map((data) => (data ? firstTime(data) : null)).filter((seconds) => seconds !== null);
  if (!live || firsts.length === 0) return interval;
  const first = (Math.min(...firsts) - measureEverySeconds) * 1000;
  return { ...interval, fromMs: Math.max(interval.fromMs, Math.min(first, interval.toMs - 120_000)) };
}

/** Asks for everything the overview draws and sorts the answers into panels. */
export function usePanels(range: TimeRange, refresh: Refresh): Map<string, PanelState> {
  const t = useOverviewMessages();
  const [chartOf] = useState(createChartCache);
  const [stateOf] = useState(createStateCache);
  const live = isRelative(range);
  const combine = useCallback(
    (results: UseQueryResult<RangeAnswer>[]) => {
      const own = (panel: Panel) => results.filter((_, position) => requests[position]?.panel === panel);
      const charts = panels.map((panel) => chartOf(panel, own(panel).map((result) => result.data), t));
      return new Map<string, PanelState>(
        panels.map((panel, index) => {
          const mine = own(panel);
          const newest = mine.findLast((result) => result.data)?.data?.interval;
          const state = {
            data: charts[index],
            interval: newest && visibleInterval(newest, charts, live),
            error: mine.find((result) => result.error)?.error ?? null,
            updatedAt: Math.max(0, ...mine.map((result) => result.dataUpdatedAt)),
          };
          return [panel.id, stateOf(panel, state, () => mine.forEach((result) => void result.refetch()))];
        }),
      );
    },
    [chartOf, stateOf, live, t],
  );
  const queries = useMemo(
    () =>
      requests.map(({ query }) => {
        const everyMs = refreshMs(refresh);
        return {
          ...rangeQuery(
            ['overview', query.expression],
            { expression: (step) => expressionFor(query, step), range, maxPoints, minStepSeconds: measureEverySeconds },
            everyMs,
          ),
          refetchInterval: ({ state }: Query<RangeAnswer, Error, RangeAnswer, unknown[]>) =>
            everyMs && state.data?.series.length === 0 && state.dataUpdateCount < soonTimes ? Math.min(soonMs, everyMs) : everyMs,
        };
      }),
    [range, refresh],
  );
  return useQueries({ queries, combine });
}
