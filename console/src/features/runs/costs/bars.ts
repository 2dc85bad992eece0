import { tokenKinds, type CostRow } from '@/api/runsContracts';

export const measures = ['cost', 'tokens'] as const;
export type Measure = (typeof measures)[number];

/** A bar: its parts pile up from zero. */
export interface Bar {
  key: string | null;
  /** How many groups it stands for, when it is what the others add up to. */
  others: number;
  parts: readonly number[];
  total: number;
}

const partsOf = (row: CostRow, measure: Measure): number[] => (measure === 'cost' ? [row.costUsd ?? 0] : tokenKinds.map((kind) => row[kind]));
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** One bar a row, in the rows' order when that is time, otherwise the longest first; beyond `most` they are added up in a last one. */
export function barsOf(rows: readonly CostRow[], measure: Measure, inTime: boolean, most: number): Bar[] {
  const bars = rows.map((row) => {
    const parts = partsOf(row, measure);
    return { key: row.key, others: 0, parts, total: sum(parts) };
  });
  if (inTime) return bars.slice(-most);
  bars.sort((a, b) => b.total - a.total);
  const rest = bars.slice(most);
  if (rest.length === 0) return bars;
  const parts = (rest[0]?.parts ?? []).map((_, index) => sum(rest.map((bar) => bar.parts[index] ?? 0)));
  return [...bars.slice(0, most), { key: null, others: rest.length, parts, total: sum(parts) }];
}

/** Round values from zero to at least `max`, about `count` of them. */
export function axisTicks(max: number, count = 4): number[] {
  if (!(max > 0)) return [0];
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps = Math.ceil(max / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}
