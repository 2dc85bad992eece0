import { parseDuration } from '@/lib/duration';
import { queryLetters } from '@/lib/metricsLink';
import type { Search, SearchPatch } from '@/lib/search';
import { units, type Unit } from '@/lib/units';
import type { ChartKind } from '@/ui/chart/options';

export interface MetricsQuery {
  /** A letter, or what the user called it. */
  name: string;
  expression: string;
  enabled: boolean;
}

export type View = 'graph' | 'table';
export type TableTime = 'instant' | 'range';
export const chartKinds: readonly ChartKind[] = ['line', 'area', 'stacked'];

/** Everything the Metrics page shows apart from the time range, as the URL has it. */
export interface MetricsState {
  /** At least one, in order; an empty expression asks nothing. */
  queries: MetricsQuery[];
  view: View;
  tableTime: TableTime;
  /** Null for a step that fits the range. */
  stepSeconds: number | null;
  /** Null for the unit that the metric names suggest. */
  unit: Unit | null;
  kind: ChartKind;
  /** Hash of the only series shown. */
  only: string | null;
  /** Hashes of series switched off. */
  hidden: readonly string[];
  exploring: boolean;
}

const prefix = 'q.';
const mostQueries = 26;
const longestName = 24;
const longestExpression = 20_000;

const list = (text: string | undefined): string[] => (text ? text.split(',').filter((part) => part !== '') : []);
const oneOf = <T extends string>(choices: readonly T[], text: string | undefined): T | null => choices.find((choice) => choice === text) ?? null;

export function cleanName(text: string): string {
  return text.replace(/[^\p{L}\p{N} _-]/gu, '').trim().slice(0, longestName);
}

function readStep(text: string | undefined): number | null {
  const ms = text ? parseDuration(text) : null;
  return ms === null || ms < 1000 ? null : Math.round(ms / 1000);
}

function readQueries(search: Search): MetricsQuery[] {
  const off = list(search['off']);
  const queries = Object.entries(search)
    .filter(([key]) => key.startsWith(prefix) && cleanName(key.slice(prefix.length)) !== '')
    .slice(0, mostQueries)
    .map(([key, expression]) => {
      const name = cleanName(key.slice(prefix.length));
      return { name, expression: expression.slice(0, longestExpression), enabled: !off.includes(name) };
    });
  return queries.length === 0 ? [{ name: 'A', expression: '', enabled: true }] : queries;
}

/** Reads the page's state; whatever the URL says wrongly falls back to its default. */
export function readMetricsState(search: Search): MetricsState {
  return {
    queries: readQueries(search),
    view: oneOf(['graph', 'table'], search['view']) ?? 'graph',
    tableTime: oneOf(['instant', 'range'], search['table']) ?? 'instant',
    stepSeconds: readStep(search['step']),
    unit: oneOf(units, search['unit']),
    kind: oneOf(chartKinds, search['chart']) ?? 'line',
    only: search['only'] ?? null,
    hidden: list(search['hide']),
    exploring: search['explore'] === '1',
  };
}

/** The patch that makes these the page's queries, in this order. */
export function queriesPatch(search: Search, queries: readonly MetricsQuery[]): SearchPatch {
  const patch: Record<string, string | undefined> = {};
  for (const key of Object.keys(search)) if (key.startsWith(prefix)) patch[key] = undefined;
  // Removed first and added again, since the order of the keys is the order of the queries.
  for (const query of queries) {
    delete patch[prefix + query.name];
    patch[prefix + query.name] = query.expression;
  }
  const off = queries.filter((query) => !query.enabled).map((query) => query.name);
  return { ...patch, off: off.length === 0 ? undefined : off.join(',') };
}

/** The first letter that no query is called yet. */
export function freeName(queries: readonly MetricsQuery[]): string {
  const taken = new Set(queries.map((query) => query.name));
  return [...queryLetters].find((letter) => !taken.has(letter)) ?? `Q${queries.length + 1}`;
}

/** What the URL says after a click on a series: alone, or all again when it already was. */
export function isolatePatch(state: MetricsState, hash: string): SearchPatch {
  return { only: state.only === hash ? undefined : hash, hide: undefined };
}

/** Switches one series off or on; starting from an isolated one, the others come back first. */
export function togglePatch(state: MetricsState, hash: string, all: readonly string[]): SearchPatch {
  const off = new Set(state.only === null ? state.hidden : all.filter((other) => other !== state.only));
  if (off.has(hash)) off.delete(hash);
  else off.add(hash);
  return { only: undefined, hide: off.size === 0 ? undefined : [...off].join(',') };
}
