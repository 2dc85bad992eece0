import { outcomeReasons, riskLevels, type RiskLevel } from '@/api/runsContracts';
import type { FilterState } from '@/lib/filterText';
import type { Search, SearchPatch } from '@/lib/search';
import { parseInstant, type TimeRange } from '@/lib/timeRange';

export const runFilterIds = ['repository', 'actor', 'agent', 'outcome', 'branch', 'risk'] as const;
export type RunFilterId = (typeof runFilterIds)[number];
const known: Partial<Record<RunFilterId, readonly string[]>> = { outcome: outcomeReasons, risk: riskLevels };

/** The least score of each level. */
export const riskFrom: Record<RiskLevel, number> = { low: 0, medium: 25, high: 50, critical: 75 };

/** What the list is sorted by, the newest or the highest first. */
export const sortColumns = ['startedAt', 'duration', 'tokens', 'cost', 'risk'] as const;
export type SortColumn = (typeof sortColumns)[number];

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

export const readSort = (search: Search): SortColumn => sortColumns.find((column) => column === search['sort']) ?? 'startedAt';

/** The query of the API. Relative instants are made absolute now; an end that is now leaves the list open for what comes. */
export function listQueryOf({ text, values }: FilterState, sort: SortColumn, range: TimeRange, nowMs: number): Record<string, string | number | undefined> {
  const absolute = (instant: string) => {
    const ms = instant === 'now' ? null : parseInstant(instant, nowMs);
    return ms === null ? undefined : new Date(ms).toISOString();
  };
  const { risk, ...others } = values;
  return { ...others, risk_min: risk === undefined ? undefined : riskFrom[risk as RiskLevel], q: text, sort, from: absolute(range.from), to: absolute(range.to) };
}
