import { useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RunReport } from '@/api/runsContracts';
import { timelineQuery } from '@/features/runs/queries';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { useSettled } from '@/lib/useSettled';
import { Card } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useTimelineMessages } from './messages';
import { filterRows, placeOf, readRows, timelineGroups, type TimelineGroup } from './rows';
import { TimelineList } from './TimelineList';

const typingPauseMs = 250;

const readGroup = (search: Readonly<Record<string, string>>): TimelineGroup => timelineGroups.find((group) => group === search['show']) ?? 'all';
const readText = (search: Readonly<Record<string, string>>): string => (search['text'] ?? '').slice(0, 200);
const readCall = (search: Readonly<Record<string, string>>): string | null => search['call'] ?? null;

/** The text as it is typed, which becomes the address's when it rests. */
function useTypedText(): [string, (text: string) => void] {
  const update = useUpdateSearch();
  const text = useSearchAs(readText);
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed, typingPauseMs);
  useEffect(() => {
    if (settled !== text) update({ text: settled === '' ? undefined : settled }, true);
    // What is typed decides; the address follows it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return [typed, setTyped];
}

/** Turns, tools and what the runner did, in the order in which they happened. */
export function TimelineTab({ run }: { run: RunReport }) {
  const t = useTimelineMessages();
  const update = useUpdateSearch();
  const group = useSearchAs(readGroup);
  const text = useSearchAs(readText);
  const call = useSearchAs(readCall);
  const [typed, setTyped] = useTypedText();
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
        <div className="relative min-w-48 flex-1 sm:max-w-sm">
          <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" aria-hidden="true" />
          <input type="search" data-search className="field pl-8" aria-label={t('search')} placeholder={t('searchHint')} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </div>
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
