import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { lastDuration } from '@/lib/timeRange';
import { useTimeRange } from '@/lib/useTimeRange';
import { Button } from '@/ui/Button';
import { FilterBar } from '@/ui/FilterBar';
import { Card } from '@/ui/Page';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useLiveRuns } from '../live';
import { useRunsMessages } from '../messages';
import { RunsFrame } from '../parts/RunsFrame';
import { anyRunQuery, runsQuery } from '../queries';
import { EmptyRuns } from './EmptyRuns';
import { readRunFilters, readSort, runFiltersPatch, type SortColumn } from './filters';
import { RunTable } from './RunTable';
import { useRunFields } from './useRunFields';

const wide = { from: 'now-90d', to: 'now' };

/** What stands in place of rows: nothing matches, nothing in this time, or nothing ever. */
function NoRuns({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const t = useRunsMessages();
  const { range, setRange } = useTimeRange();
  const { data: any } = useQuery({ ...anyRunQuery, enabled: !isFiltered });
  if (isFiltered) {
    return (
      <EmptyState title={t('noMatch')} detail={t('noMatchDetail')}>
        <Button onClick={onClear}>{t('clear')}</Button>
      </EmptyState>
    );
  }
  if (any === undefined) return <Skeleton className="m-4 h-60" />;
  if (!any) return <EmptyRuns />;
  return (
    <EmptyState title={t('noneInTime')} detail={t('noneInTimeDetail')}>
      {lastDuration(range) !== '90d' && <Button onClick={() => setRange(wide)}>{t('wider')}</Button>}
    </EmptyState>
  );
}

export default function RunsPage() {
  const t = useRunsMessages();
  const update = useUpdateSearch();
  const { range } = useTimeRange();
  const filters = useSearchAs(readRunFilters);
  const sort = useSearchAs(readSort);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useInfiniteQuery(runsQuery(filters, sort, range));
  const runs = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const onSort = useCallback((column: SortColumn) => update({ sort: column === 'startedAt' ? undefined : column }, true), [update]);
  const fields = useRunFields(runs);
  useLiveRuns();
  const content = () => {
    if (!runs) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-60" />;
    if (runs.length === 0) return <NoRuns isFiltered={filters.text !== '' || Object.keys(filters.values).length > 0} onClear={() => update(runFiltersPatch({ text: '', values: {} }), true)} />;
    const foot = isFetchingNextPage ? t('loadMore') : hasNextPage ? null : t('allShown');
    return <RunTable runs={runs} sort={sort} onSort={onSort} onEnd={more} foot={foot && <p className="px-3 py-2 text-xs text-ink-3">{foot}</p>} />;
  };
  return (
    <RunsFrame tab="/runs">
      <div className="mb-3">
        <FilterBar label={t('search')} placeholder={t('searchHint')} fields={fields} state={filters} onChange={(next) => update(runFiltersPatch(next), true)}>
          {runs && runs.length > 0 && <span className="ml-auto text-xs text-ink-3">{t(hasNextPage ? 'countMore' : 'count', { count: runs.length })}</span>}
        </FilterBar>
      </div>
      {error && runs && (
        <div className="mb-3">
          <InlineError error={error} />
        </div>
      )}
      <Card className={isPlaceholderData ? 'overflow-hidden opacity-60 transition-opacity' : 'overflow-hidden'}>{content()}</Card>
    </RunsFrame>
  );
}
