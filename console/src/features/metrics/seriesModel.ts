import type { RangeAnswer } from '@/api/rangeQuery';
import { columnOf, emptyChart, gridOf, type ChartData, type ChartSeries } from '@/lib/chartData';
import { assignColours, shortHash } from '@/lib/colours';
import { differingLabels, formatLabels, shortSeriesName, type LabelSet } from '@/lib/labels';

/** More lines than this are not told apart by anybody; the page says that it left some out. */
export const mostSeries = 200;

export interface NamedAnswer {
  name: string;
  expression: string;
  answer: RangeAnswer;
}

export interface GraphSeries extends ChartSeries {
  hash: string;
  labels: LabelSet;
  queryName: string;
}

export interface GraphModel {
  chart: Omit<ChartData, 'series'> & { series: readonly GraphSeries[] };
  /** How many series the answers hold, shown or not. */
  total: number;
}

const rangeKey = (answer: RangeAnswer) => `${answer.interval.fromMs}/${answer.interval.toMs}/${answer.stepSeconds}`;

/** Lays the answers of all queries on one grid, names each series by what sets it apart, and colours it by its labels. */
export function graphModel(answers: readonly NamedAnswer[]): GraphModel {
  const newest = answers.reduce<NamedAnswer | undefined>((best, one) => (!best || one.answer.interval.toMs > best.answer.interval.toMs ? one : best), undefined);
  if (newest === undefined) return { chart: { ...emptyChart, series: [] }, total: 0 };
  const { interval, stepSeconds } = newest.answer;
  const times = gridOf(interval, stepSeconds);
  // While one query is still on its way its last answer may lie on another grid; it joins when it is there.
  const fitting = answers.filter((one) => rangeKey(one.answer) === rangeKey(newest.answer) || one.answer.stepSeconds === stepSeconds);
  const total = fitting.reduce((sum, one) => sum + one.answer.series.length, 0);
  const series: GraphSeries[] = [];
  for (const { name, expression, answer } of fitting) {
    const differing = differingLabels(answer.series.map((one) => one.labels));
    for (const one of answer.series.slice(0, mostSeries - series.length)) {
      const full = formatLabels(one.labels);
      const short = full === '{}' ? expression.replace(/\s+/g, ' ') : shortSeriesName(one.labels, differing);
      const key = `${name}|${full}`;
      series.push({
        key,
        hash: shortHash(key),
        labels: one.labels,
        queryName: name,
        name: answers.length > 1 ? `${name} · ${short}` : short,
        colour: 1,
        values: columnOf(one.points, times, stepSeconds),
      });
    }
  }
  const colours = assignColours(series.map((one) => one.key));
  return { chart: { times, stepSeconds, series: series.map((one) => ({ ...one, colour: colours.get(one.key) ?? 1 })) }, total };
}

/** Which series the URL switches off, as keys. */
export function hiddenKeys(series: readonly GraphSeries[], only: string | null, hidden: readonly string[]): ReadonlySet<string> {
  const isolated = only !== null && series.some((one) => one.hash === only);
  return new Set(series.filter((one) => (isolated ? one.hash !== only : hidden.includes(one.hash))).map((one) => one.key));
}
