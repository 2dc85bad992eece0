import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowUp, Radio } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { lastDuration, type TimeRange } from '@/lib/timeRange';
import { useTimeRange } from '@/lib/useTimeRange';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Page';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { Switch } from '@/ui/Switch';
import { useAuditMessages } from '../messages';
import { listQuery } from '../queries';
import { EventTable } from './EventTable';
import { FilterPanel } from './FilterPanel';
import { filterIds, filtersPatch, isFiltered, noFilters, readFilters, type AuditFilters } from './filters';
import { joinList, mostRows } from './liveBuffer';
import { SavedFilters } from './SavedFilters';
import { useLiveTail } from './useLiveTail';

const isLive = (search: Readonly<Record<string, string>>): boolean => search['live'] === 'on';
const wide: TimeRange = { from: 'now-90d', to: 'now' };

/** The audit log with its filters, saved filters and live tail; `fixed` are filters of the page that it stands on. */
export function EventList({ fixed, label }: { fixed: AuditFilters; label: string }) {
  const t = useAuditMessages();
  const update = useUpdateSearch();
  const { range, setRange } = useTimeRange();
  const chosen = useSearchAs(readFilters);
  const filters = useMemo(() => ({ text: chosen.text, values: { ...chosen.values, ...fixed.values } }), [chosen, fixed]);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useInfiniteQuery(listQuery(filters, range));
  const read = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const endsNow = range.to === 'now';
  const live = useSearchAs(isLive) && endsNow;
  const { buffer, onTop, release } = useLiveTail(live, filters, range, read?.[0]?.sequence);
  const events = useMemo(() => read && joinList(buffer, read), [buffer, read]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !buffer.truncated) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, buffer.truncated]);
  // A search that had much to go through may find nothing on its way and still not be at the end.
  const goesOn = hasNextPage && data?.pages.at(-1)?.items.length === 0;
  useEffect(() => {
    if (goesOn) more();
  }, [goesOn, more]);
  const table = useRef<HTMLDivElement>(null);
  const fixedIds = filterIds.filter((id) => fixed.values[id] !== undefined);
  const change = (next: AuditFilters) => update(filtersPatch({ ...next, values: { ...next.values, ...Object.fromEntries(fixedIds.map((id) => [id, undefined])) } }), true);
  const setLive = (on: boolean) => {
    update({ live: on ? 'on' : undefined }, true);
    // What came live is then part of the list that is read.
    if (!on) void refetch();
  };
  const toTop = () => {
    table.current?.querySelector('[role=region]')?.scrollTo({ top: 0 });
    release();
  };
  const content = () => {
    if (!events) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-60" />;
    if (events.length > 0) {
      const foot = isFetchingNextPage ? t('loadMore') : buffer.truncated ? t('liveKept', { count: mostRows }) : hasNextPage ? null : t('allShown');
      return <EventTable label={label} events={events} onEnd={more} onTop={live ? onTop : undefined} foot={foot && <p className="px-3 py-2 text-xs text-ink-3">{foot}</p>} />;
    }
    if (goesOn) return <Skeleton className="m-4 h-60" />;
    if (isFiltered(chosen)) {
      return (
        <EmptyState title={t('noMatch')} detail={t('noMatchDetail')}>
          <Button onClick={() => change(noFilters)}>{t('clear')}</Button>
        </EmptyState>
      );
    }
    return (
      <EmptyState title={t('empty')} detail={t('emptyDetail')}>
        {lastDuration(range) !== lastDuration(wide) && <Button onClick={() => setRange(wide)}>{t('emptyWide')}</Button>}
      </EmptyState>
    );
  };
  return (
    <>
      <div className="mb-3">
        <FilterPanel filters={chosen} fixed={fixedIds} onChange={change}>
          <span className="ml-auto flex flex-wrap items-center gap-3">
            {events && <span className="text-xs text-ink-3">{t(hasNextPage || buffer.truncated ? 'countMore' : 'count', { count: events.length })}</span>}
            <label className="inline-flex items-center gap-2">
              <Switch label={t('liveHint')} checked={live} disabledReason={endsNow ? null : t('livePast')} onChange={setLive} />
              <span aria-hidden="true" className={live ? 'inline-flex items-center gap-1 font-medium text-info' : 'inline-flex items-center gap-1 text-ink-2'}>
                <Radio size={14} />
                {t('live')}
              </span>
            </label>
            {fixedIds.length === 0 && <SavedFilters filters={filters} range={range} />}
          </span>
        </FilterPanel>
      </div>
      {error && events && (
        <div className="mb-3">
          <InlineError error={error} />
        </div>
      )}
      <div ref={table} className={isPlaceholderData ? 'relative opacity-60 transition-opacity' : 'relative'} aria-busy={isPlaceholderData}>
        {buffer.arrived > 0 && (
          <div className="absolute inset-x-0 top-10 z-20 flex justify-center" role="status">
            <Button small look="primary" icon={<ArrowUp size={13} />} className="shadow-pop" onClick={toTop}>
              {t('liveNew', { count: buffer.arrived })}
            </Button>
          </div>
        )}
        <Card className="overflow-hidden">{content()}</Card>
      </div>
    </>
  );
}
