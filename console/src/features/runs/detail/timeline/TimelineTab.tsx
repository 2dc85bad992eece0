import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import type { RunReport } from '@/api/runsContracts';
import { timelineQuery } from '@/features/runs/queries';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { Card } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { SearchBox, useTypedText } from '../SearchBox';
import { useTimelineMessages } from './messages';
import { filterRows, placeOf, readRows, timelineGroups, type TimelineGroup } from './rows';
import { TimelineList } from './TimelineList';

const readGroup = (search: Readonly<Record<string, string>>): TimelineGroup => timelineGroups.find((group) => group === search['show']) ?? 'all';
const readCall = (search: Readonly<Record<string, string>>): string | null => search['call'] ?? null;

/** Turns, tools and what the runner did, in the order in which they happened. */
export function TimelineTab({ run }: { run: RunReport }) {
  const t = useTimelineMessages();
  const update = useUpdateSearch();
  const group = useSearchAs(readGroup);
  const call = useSearchAs(readCall);
  const { text, typed, setTyped } = useTypedText();
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(timelineQuery(run));
  const rows = useMemo(() => data && readRows(data.pages.flatMap((page) => page.items)), [data]);
  const shown = useMemo(() => rows && filterRows(rows, group, text), [rows, group, text]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  // What is filtered, and a call that somebody was led to, may stand anywhere.
  const searching = group !== 'all' || text !== '' || (call !== null && rows !== undefined && placeOf(rows, call) < 0);
  useEffect(() => {
    if (searching) more();
  }, [searching, more]);
  const read = data?.pages.reduce((all, page) => all + page.items.length, 0) ?? 0;
  const omitted = run.timeline?.omitted ?? 0;
  const content = () => {
    if (!rows || !shown) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-72" />;
    if (rows.length === 0) return <EmptyState title={t('empty')} detail={t('emptyDetail')} />;
    if (shown.length === 0) return hasNextPage ? <Skeleton className="m-4 h-72" /> : <EmptyState title={t('noMatch')} detail={t('noMatchDetail')} />;
    return <TimelineList rows={shown} startedMs={Date.parse(run.startedAt)} call={call} onEnd={more} />;
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchBox label={t('search')} hint={t('searchHint')} value={typed} onChange={setTyped} />
        <Segmented label={t('groups')} value={group} choices={timelineGroups.map((value) => ({ value, label: t(`group.${value}`) }))} onChange={(next) => update({ show: next === 'all' ? undefined : next }, true)} />
        <span className="ml-auto text-xs text-ink-3" role="status">
          {searching && hasNextPage ? t('reading', { count: read }) : shown && !hasNextPage ? t('shown', { count: shown.length }) : ''}
        </span>
      </div>
      {error && rows && <div className="mb-3"><InlineError error={error} /></div>}
      <Card className="overflow-hidden">{content()}</Card>
      {omitted > 0 && <p className="mt-2 text-xs text-ink-3">{t('omitted', { count: omitted })}</p>}
    </>
  );
}
