import { request, requestAll, requestBytes } from './client';
import type { AuditConfiguration, AuditEventDetail, AuditKeys, AuditPage, AuditVocabulary, ConsistencyProof, InclusionProof, RetentionPreview, SavedFilter } from './auditContracts';

const root = '/api/v1/audit';
const event = (id: string, rest = '') => `${root}/events/${encodeURIComponent(id)}${rest}`;
const filter = (name: string) => `${root}/filters/${encodeURIComponent(name)}`;
const get = <T>(path: string, members: Record<string, string | number>, signal?: AbortSignal): Promise<T> =>
  request<T>('GET', `${root}${path}`, { query: new URLSearchParams(Object.entries(members).map(([name, value]) => [name, String(value)])), signal });

export const exportFormats = ['archive', 'jsonl', 'ocsf'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const auditApi = {
  events: (query: URLSearchParams, signal?: AbortSignal) => request<AuditPage>('GET', `${root}/events`, { query, signal }),
  event: (id: string, signal?: AbortSignal) => request<AuditEventDetail>('GET', event(id), { signal }),
  /** The bytes as they are stored, of which the leaf is the hash. */
  entry: (id: string, signal?: AbortSignal) => requestBytes(event(id, '/entry'), { signal }),
  vocabulary: (signal?: AbortSignal) => get<AuditVocabulary>('/vocabulary', {}, signal),
  inclusion: (sequence: number, signal?: AbortSignal) => get<InclusionProof>('/proof/inclusion', { sequence }, signal),
  consistency: (from: number, to: number, signal?: AbortSignal) => get<ConsistencyProof>('/proof/consistency', { from, to }, signal),
  checkpoint: async (signal?: AbortSignal) => new TextDecoder().decode(await requestBytes(`${root}/checkpoint`, { signal })),
  keys: (signal?: AbortSignal) => get<AuditKeys>('/keys', {}, signal),
  configuration: (signal?: AbortSignal) => get<AuditConfiguration>('/config', {}, signal),
  preview: (retention: string, signal?: AbortSignal) => get<RetentionPreview>('/config/preview', { retention }, signal),
  setRetention: (retention: string) => request<AuditConfiguration>('PUT', `${root}/config`, { body: { retention } }),
  filters: (signal?: AbortSignal) => requestAll<SavedFilter>(`${root}/filters`, signal),
  saveFilter: (name: string, query: string) => request<SavedFilter>('PUT', filter(name), { body: { query } }),
  deleteFilter: (name: string) => request<void>('DELETE', filter(name)),
  exportUrl: (members: { format: ExportFormat; from?: string; to?: string }) => `${root}/export?${new URLSearchParams(members).toString()}`,
};
