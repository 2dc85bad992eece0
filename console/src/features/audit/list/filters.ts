import type { Search, SearchPatch } from '@/lib/search';
import { lastDuration, parseInstant, type TimeRange } from '@/lib/timeRange';

/** The filters of the audit log, under the names that its API and its addresses have for them. */
export const filterIds = ['actor', 'action', 'resourceType', 'resourceId', 'resourceName', 'outcome', 'address', 'trace', 'requestId', 'source', 'onBehalfOf', 'reporter', 'policyId'] as const;
export type FilterId = (typeof filterIds)[number];
/** Those that take several values, any of which will do. */
export const isMultiple = (id: FilterId): boolean => id === 'action' || id === 'resourceType' || id === 'outcome' || id === 'source';
/** What the text form calls them, where that is shorter. */
export const wordOf: Record<FilterId, string> = {
  actor: 'actor', action: 'action', resourceType: 'type', resourceId: 'id', resourceName: 'name', outcome: 'outcome', address: 'address', trace: 'trace', requestId: 'request',
  source: 'source', onBehalfOf: 'for', reporter: 'reporter', policyId: 'policy',
};

export interface AuditFilters {
  text: string;
  values: Readonly<Partial<Record<FilterId, readonly string[]>>>;
}
export const noFilters: AuditFilters = { text: '', values: {} };

const longestValue = 512;
const mostValues = 20;

/** One value stays as it is; of several, commas part them, which no action, type, outcome or source has in it. */
const split = (id: FilterId, text: string): string[] =>
  (isMultiple(id) ? [...new Set(text.split(','))] : [text]).map((value) => value.trim().slice(0, longestValue)).filter((value) => value !== '').slice(0, mostValues);

export function readFilters(search: Search): AuditFilters {
  const values: Partial<Record<FilterId, readonly string[]>> = {};
  for (const id of filterIds) {
    const read = split(id, search[id] ?? '');
    if (read.length > 0) values[id] = read;
  }
  return { text: (search['text'] ?? '').slice(0, longestValue), values };
}

export function filtersPatch({ text, values }: AuditFilters): SearchPatch {
  return { ...Object.fromEntries(filterIds.map((id) => [id, values[id]?.join(',')])), text: text === '' ? undefined : text };
}

export const isFiltered = ({ text, values }: AuditFilters): boolean => text !== '' || filterIds.some((id) => (values[id]?.length ?? 0) > 0);

/** Adds a value: to the others where several may be, otherwise in place of the one. */
export function withValue(filters: AuditFilters, id: FilterId, value: string): AuditFilters {
  const now = filters.values[id] ?? [];
  return { ...filters, values: { ...filters.values, [id]: isMultiple(id) ? [...new Set([...now, value])].slice(0, mostValues) : [value] } };
}

export function withoutValue(filters: AuditFilters, id: FilterId, value: string): AuditFilters {
  const left = (filters.values[id] ?? []).filter((other) => other !== value);
  const values = Object.fromEntries(filterIds.filter((other) => other !== id || left.length > 0).map((other) => [other, other === id ? left : filters.values[other]]));
  return { ...filters, values };
}

/** The query of the API. Relative instants are made absolute now; an end that is now leaves the list open for what comes. */
export function eventsQuery({ text, values }: AuditFilters, range: TimeRange, nowMs: number): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, instant] of Object.entries({ from: range.from, to: range.to })) {
    const ms = instant === 'now' ? null : parseInstant(instant, nowMs);
    if (ms !== null) query.set(name, new Date(ms).toISOString());
  }
  for (const id of filterIds) for (const value of values[id] ?? []) query.append(id, value);
  if (text !== '') query.set('text', text);
  return query;
}

/** The form in which the server keeps a named filter; the range is part of it. */
export function writeSaved({ text, values }: AuditFilters, range: TimeRange): string {
  const query = new URLSearchParams();
  for (const id of filterIds) for (const value of values[id] ?? []) query.append(id, value);
  if (text !== '') query.set('text', text);
  const duration = lastDuration(range);
  if (duration !== null) query.set('range', duration);
  else for (const [name, instant] of Object.entries({ from: range.from, to: range.to })) query.set(name, instant);
  return query.toString();
}

/** What a saved filter makes of the page's address. */
export function readSaved(saved: string): SearchPatch {
  const query = new URLSearchParams(saved);
  const filters = readFilters(Object.fromEntries([...filterIds.map((id) => [id, query.getAll(id).join(',')]), ['text', query.get('text') ?? '']]) as Search);
  const duration = query.get('range');
  const [from, to] = duration === null ? [query.get('from'), query.get('to')] : [`now-${duration}`, 'now'];
  return { ...filtersPatch(filters), from: from ?? undefined, to: to ?? undefined };
}
