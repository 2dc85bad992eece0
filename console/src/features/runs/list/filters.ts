import { outcomeReasons, riskLevels, type RiskLevel } from '@/api/runsContracts';
import type { FilterState } from '@/lib/filterText';
import type { Search, SearchPatch } from '@/lib/search';
import { parseInstant, type TimeRange } from '@/lib/timeRange';

export const runFilterIds = ['repository', 'actor', 'agent', 'outcome', 'branch', 'risk'] as const;
export type RunFilterId = (typeof runFilterIds)[number];
const known: Partial<Record<RunFilterId, readonly string[]>> = { outcome: outcomeReasons, risk: riskLevels };

/** The least score of each level. */
export const riskFrom: Record<RiskLevel, number> = { low: 0, medium: 25, high: 50, critical: 75 };

export const sortColumns = ['started', 'duration', 'tokens', 'cost', 'risk'] as const;
export type SortColumn = (typeof sortColumns)[number];
/** The column and whether the largest comes first. */
export interface RunSort {
  column: SortColumn;
  down: boolean;
}
export const newestFirst: RunSort = { column: 'started', down: true };

const longestValue = 200;

/** Reads the filters of the list from the address; an outcome or a level that there is not is left out. */
export function readRunFilters(search: Search): FilterState {
  const values: Record<string, string> = {};
  for (const id of runFilterIds) {
    const value = search[id]?.slice(0, longestValue);
    if (value && (known[id]?.includes(value) ?? true)) values[id] = value;
  }
  return { text: (search['q'] ?? '').slice(0, longestValue), values };
}

export function runFiltersPatch({ text, values }: FilterState): SearchPatch {
  return { q: text === '' ? undefined : text, ...Object.fromEntries(runFilterIds.map((id) => [id, values[id]])) };
}

/** `cost` sorts by cost from the least, `-cost` from the most. */
export function readSort(search: Search): RunSort {
  const text = search['sort'] ?? '';
  const column = sortColumns.find((candidate) => candidate === text.replace(/^-/, ''));
  return column ? { column, down: text.startsWith('-') } : newestFirst;
}

export const writeSort = ({ column, down }: RunSort): string => (down ? `-${column}` : column);

/** What a click on a column's header makes of the sort: the largest first, then the other way round. */
export const nextSort = (sort: RunSort, column: SortColumn): RunSort => ({ column, down: sort.column === column ? !sort.down : true });

/** The query of the API. Relative instants are made absolute now; an end that is now leaves the list open for what comes. */
export function listQueryOf({ text, values }: FilterState, sort: RunSort, range: TimeRange, nowMs: number): Record<string, string | number | undefined> {
  const absolute = (instant: string) => {
    const ms = instant === 'now' ? null : parseInstant(instant, nowMs);
    return ms === null ? undefined : new Date(ms).toISOString();
  };
  const { risk, ...others } = values;
  return { ...others, risk_min: risk === undefined ? undefined : riskFrom[risk as RiskLevel], q: text, sort: writeSort(sort), from: absolute(range.from), to: absolute(range.to) };
}
