import { runStates, triggers } from '@/api/jobsContracts';
import type { FilterState } from '@/lib/filterText';
import type { Search, SearchPatch } from '@/lib/search';
import { parseInstant, type TimeRange } from '@/lib/timeRange';
import type { ExecutionFilters } from '../queries';

const ids = ['state', 'trigger', 'instance', 'task'] as const;
export type RunFilterId = (typeof ids)[number];
const known: Partial<Record<RunFilterId, readonly string[]>> = { state: runStates, trigger: triggers };

/** Reads the filters of the run list from the address; a state that there is not is left out. */
export function readRunFilters(search: Search): FilterState {
  const values: Record<string, string> = {};
  for (const id of ids) {
    const value = search[id]?.slice(0, 200);
    if (value && (known[id]?.includes(value) ?? true)) values[id] = value;
  }
  return { text: (search['q'] ?? '').slice(0, 200), values };
}

export function runFiltersPatch({ text, values }: FilterState): SearchPatch {
  return { q: text === '' ? undefined : text, ...Object.fromEntries(ids.map((id) => [id, values[id]])) };
}

/** The filters as the list's query knows them; instants stay as they were written until they are asked for. */
export function runQueryOf({ values }: FilterState, range: TimeRange): ExecutionFilters {
  return { taskId: values['task'], state: values['state'], instance: values['instance'], trigger: values['trigger'], from: range.from, to: range.to };
}

/** Relative instants made absolute at the moment of asking; an end that is now leaves the list open for what comes. */
export function resolveInstants(filters: ExecutionFilters, nowMs: number): ExecutionFilters {
  const absolute = (text: string | undefined) => {
    const ms = text === undefined || text === 'now' ? null : parseInstant(text, nowMs);
    return ms === null ? undefined : new Date(ms).toISOString();
  };
  return { ...filters, from: absolute(filters.from), to: absolute(filters.to) };
}
