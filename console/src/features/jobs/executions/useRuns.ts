import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { executionsQuery, type ExecutionFilters } from '../queries';

/** The runs that filters leave, read on as the list is scrolled. */
export function useRuns(filters: ExecutionFilters) {
  const query = useInfiniteQuery(executionsQuery(filters));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const runs = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { runs, error, refetch, more, hasMore: hasNextPage, loadingMore: isFetchingNextPage };
}
