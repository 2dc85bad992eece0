import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { ApiProblem } from '@/api/problem';
import type { RunReport } from '@/api/runsContracts';
import { logQuery, mostLogBytes } from '@/features/runs/queries';
import { formatBytes } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { Card } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { FileLink } from '../files/FileLink';
import { SearchBox, useTypedText } from '../SearchBox';
import { LogLines } from './LogLines';
import { filterLog, logLevels, type LogLevel } from './logLines';
import { useLogMessages } from './messages';

const name = 'log.jsonl';
const readLevel = (search: Readonly<Record<string, string>>): LogLevel => logLevels.find((level) => level === search['level']) ?? 'debug';

/** What the runner wrote down as it went, read on as one goes down in it. */
export function LogTab({ run }: { run: RunReport }) {
  const t = useLogMessages();
  const locale = useLocale();
  const update = useUpdateSearch();
  const level = useSearchAs(readLevel);
  const { text, typed, setTyped } = useTypedText();
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(logQuery(run, name));
  const lines = useMemo(() => data?.pages.flatMap((page) => page.lines), [data]);
  const shown = useMemo(() => lines && filterLog(lines, level, text), [lines, level, text]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  // What is filtered may stand anywhere.
  const searching = level !== 'debug' || text !== '';
  useEffect(() => {
    if (searching) more();
  }, [searching, more]);
  const isCut = data !== undefined && !hasNextPage && data.pages.at(-1)?.next !== null;
  const gone = error instanceof ApiProblem && error.status === 404;
  const content = () => {
    if (!shown || !lines) return gone ? <EmptyState title={t('empty')} detail={t('emptyDetail')} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-72" />;
    if (lines.length === 0) return <EmptyState title={t('empty')} detail={t('emptyDetail')} />;
    if (shown.length === 0) return hasNextPage ? <Skeleton className="m-4 h-72" /> : <EmptyState title={t('noMatch')} />;
    return <LogLines lines={shown} onEnd={more} />;
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchBox label={t('search')} value={typed} onChange={setTyped} />
        <Segmented label={t('levels')} value={level} choices={logLevels.map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(next) => update({ level: next === 'debug' ? undefined : next }, true)} />
        <span className="ml-auto inline-flex items-center gap-4 text-xs text-ink-3">
          <span role="status">{shown && lines && (hasNextPage ? t(searching ? 'reading' : 'linesMore', { count: lines.length }) : t('lines', { count: shown.length }))}</span>
          {data && <FileLink runId={run.id} name={name}>{t('download')}</FileLink>}
        </span>
      </div>
      {error && lines && <div className="mb-3"><InlineError error={error} /></div>}
      {isCut && <p className="mb-2 rounded-md bg-warn-soft px-3 py-1.5 text-xs text-warn">{t('cut', { size: formatBytes(locale, mostLogBytes) })}</p>}
      <Card className="overflow-hidden">{content()}</Card>
    </>
  );
}
