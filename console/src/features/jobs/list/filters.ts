import { jobKinds, runStates } from '@/api/jobsContracts';
import type { FilterState } from '@/lib/filterText';
import type { Search, SearchPatch } from '@/lib/search';
import type { JobFilters } from '../queries';

/** The filters of the job list and the values each takes. */
export const jobFilterValues = {
  state: runStates.filter((state) => state !== 'scheduled' && state !== 'running'),
  kind: jobKinds,
  enabled: ['on', 'off'],
  source: ['api', 'file'],
} as const;
export type JobFilterId = keyof typeof jobFilterValues;
export const jobFilterIds = Object.keys(jobFilterValues) as JobFilterId[];

/** Reads the filters from the address; what is no filter or no value is left out. */
export function readJobFilters(search: Search): FilterState {
  const values: Record<string, string> = {};
  for (const id of jobFilterIds) {
    const value = search[id];
    if (value !== undefined && (jobFilterValues[id] as readonly string[]).includes(value)) values[id] = value;
  }
  return { text: (search['q'] ?? '').slice(0, 200), values };
}

export function jobFiltersPatch({ text, values }: FilterState): SearchPatch {
  return { q: text === '' ? undefined : text, ...Object.fromEntries(jobFilterIds.map((id) => [id, values[id]])) };
}

/** The filters as the API takes them. */
export function jobQueryOf({ text, values }: FilterState): JobFilters {
  const enabled = values['enabled'] === undefined ? undefined : String(values['enabled'] === 'on');
  return { search: text === '' ? undefined : text, enabled, state: values['state'], kind: values['kind'], source: values['source'] };
}
