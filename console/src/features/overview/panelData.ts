import type { RangeAnswer } from '@/api/rangeQuery';
import { columnOf, emptyChart, gridOf, lastValue, type ChartData, type ChartSeries } from '@/lib/chartData';
import { assignColours } from '@/lib/colours';
import { formatLabels } from '@/lib/labels';
import type { OverviewKey } from './messages';
import type { Panel, PanelQuery } from './panels';

type Name = (key: OverviewKey) => string;

function seriesOf(query: PanelQuery, answer: RangeAnswer, times: readonly number[], name: Name): ChartSeries[] {
  const labelled = answer.series.map((one) => ({ ...one, value: query.by === undefined ? undefined : one.labels[query.by] }));
  const colours = assignColours(labelled.map((one) => one.value ?? ''));
  const rank = (value: string | undefined) => (query.order?.indexOf(value ?? '') ?? 0) >>> 0;
  return labelled
    .sort((a, b) => rank(a.value) - rank(b.value) || (a.value ?? '').localeCompare(b.value ?? ''))
    .map((one, index) => ({
      key: `${query.expression}|${formatLabels(one.labels)}`,
      name: one.value ?? (query.name && index === 0 ? name(query.name) : formatLabels(one.labels)),
      colour: query.colours?.[one.value ?? ''] ?? query.colour ?? colours.get(one.value ?? '') ?? 1,
      values: columnOf(one.points, times, answer.stepSeconds),
    }));
}

/** Joins the answers to a panel's queries on one grid; undefined until the first of them is there. */
export function panelData(panel: Panel, answers: readonly (RangeAnswer | undefined)[], name: Name): ChartData | undefined {
  const newest = answers.reduce<RangeAnswer | undefined>((best, one) => (one && (!best || one.interval.toMs > best.interval.toMs) ? one : best), undefined);
  if (newest === undefined) return undefined;
  const times = gridOf(newest.interval, newest.stepSeconds);
  const series = panel.queries.flatMap((query, index) => {
    const answer = answers[index];
    return answer && answer.stepSeconds === newest.stepSeconds ? seriesOf(query, answer, times, name) : [];
  });
  return series.length === 0 ? emptyChart : { times, stepSeconds: newest.stepSeconds, series };
}

export function headlineValue(panel: Panel, data: ChartData | undefined): number | null {
  const values = (data?.series ?? []).map((one) => lastValue(one.values)).filter((value) => value !== null);
  if (panel.headline === 'first' || values.length === 0) return values[0] ?? null;
  return values.reduce((sum, value) => sum + value, 0);
}
