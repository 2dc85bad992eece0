import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { auditApi } from '@/api/audit';
import type { TimeRange } from '@/lib/timeRange';
import { eventsQuery, noFilters, type AuditFilters } from './list/filters';

const pageSize = 100;

/** The first or the last event that filters leave of the whole log. */
export const edgeQuery = (filters: AuditFilters, order: 'asc' | 'desc') =>
  queryOptions({
    queryKey: ['audit', 'edge', filters, order],
    queryFn: async ({ signal }) => {
      const query = eventsQuery(filters, { from: 'now', to: 'now' }, Date.now());
      query.set('limit', '1');
      query.set('order', order);
      // A page may be empty and not the last.
      for (;;) {
        const { items, next } = await auditApi.events(query, signal);
        if (items[0] !== undefined || next === null) return items[0] ?? null;
        query.set('after', next);
      }
    },
    staleTime: 10_000,
  });

export const listQuery = (filters: AuditFilters, range: TimeRange) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filters, range.from, range.to],
    queryFn: ({ pageParam, signal }) => {
      const query = eventsQuery(filters, range, Date.now());
      query.set('limit', String(pageSize));
      if (pageParam !== null) query.set('after', pageParam);
      return auditApi.events(query, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** The newest events, to join a live tail to what was read before. */
export async function readNewest(filters: AuditFilters, range: TimeRange, signal: AbortSignal) {
  const query = eventsQuery(filters, range, Date.now());
  query.set('limit', String(pageSize));
  return auditApi.events(query, signal);
}

export const eventQuery = (id: string) => queryOptions({ queryKey: ['audit', 'event', id], queryFn: ({ signal }) => auditApi.event(id, signal), staleTime: Infinity });

/** How many events the log has, as its newest checkpoint says in its second line. */
export const sizeQuery = queryOptions({ queryKey: ['audit', 'size'], queryFn: async ({ signal }) => Number((await auditApi.checkpoint(signal)).split('\n')[1]), staleTime: 5000 });

export const vocabularyQuery = queryOptions({ queryKey: ['audit', 'vocabulary'], queryFn: ({ signal }) => auditApi.vocabulary(signal), staleTime: 300_000 });
export const savedQuery = queryOptions({ queryKey: ['audit', 'saved'], queryFn: ({ signal }) => auditApi.filters(signal), staleTime: 10_000 });

export const actorFilters = (id: string): AuditFilters => ({ ...noFilters, values: { actor: [id] } });
export const resourceFilters = (type: string, id: string): AuditFilters => ({ ...noFilters, values: { resourceType: [type], resourceId: [id] } });
