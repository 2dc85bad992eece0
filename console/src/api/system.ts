import { queryOptions } from '@tanstack/react-query';
import { request, requestAll } from './client';
import type { IngestSource, Limit, SystemInfo } from './contracts';

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => request<SystemInfo>('GET', '/api/v1/system', { signal }),
});

export const sourcesQuery = queryOptions({
  queryKey: ['ingest-sources'],
  queryFn: ({ signal }) => requestAll<IngestSource>('/api/v1/ingest/sources', signal),
});

export const limitsQuery = queryOptions({
  queryKey: ['limits'],
  queryFn: ({ signal }) => requestAll<Limit>('/api/v1/limits', signal),
});
