import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiProblem } from '@/api/problem';
import type { RunReport } from '@/api/runsContracts';
import { mostTraceBytes, traceQuery } from '@/features/runs/queries';
import { formatBytes } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useSearchAs, useUpdateSearch, type Search } from '@/lib/search';
import { Card } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { FileLink } from '../files/FileLink';
import { SearchBox, useTypedText } from '../SearchBox';
import { useTraceMessages } from './messages';
import { SpanList } from './SpanList';
import { filterSpans, readTrace, spanGroups, type SpanGroup } from './spans';

const name = 'trace.json';
const readGroup = (search: Search): SpanGroup => spanGroups.find((group) => group === search['show']) ?? 'all';

/** The spans of the run as a waterfall: the run, its agent, the model's answers and the calls of tools. */
export function TraceTab({ run }: { run: RunReport }) {
  const t = useTraceMessages();
  const locale = useLocale();
  const update = useUpdateSearch();
  const group = useSearchAs(readGroup);
  const { text, typed, setTyped } = useTypedText();
  const { data, error, refetch } = useQuery(traceQuery(run, name));
  const trace = useMemo(() => (data && !data.cut ? readTrace(data.text) : null), [data]);
  const shown = useMemo(() => trace && filterSpans(trace.rows, group, text), [trace, group, text]);
  const gone = error instanceof ApiProblem && error.status === 404;
  const content = () => {
    if (!data) return gone ? <EmptyState title={t('empty')} detail={t('emptyDetail')} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-72" />;
    if (data.cut) return <EmptyState title={t('tooLarge')} detail={t('tooLargeDetail', { size: formatBytes(locale, mostTraceBytes) })} />;
    if (!trace || !shown) return <EmptyState title={t('unreadable')} detail={t('unreadableDetail')} />;
    if (trace.rows.length === 0) return <EmptyState title={t('empty')} detail={t('emptyDetail')} />;
    return shown.length === 0 ? <EmptyState title={t('noMatch')} /> : <SpanList runId={run.id} trace={trace} rows={shown} />;
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchBox label={t('search')} hint={t('searchHint')} value={typed} onChange={setTyped} />
        <Segmented label={t('groups')} value={group} choices={spanGroups.map((value) => ({ value, label: t(`group.${value}`) }))} onChange={(next) => update({ show: next === 'all' ? undefined : next }, true)} />
        <span className="ml-auto inline-flex items-center gap-4 text-xs text-ink-3">
          <span role="status">{shown && t('spans', { count: shown.length })}</span>
          {data && <FileLink runId={run.id} name={name}>{t('download')}</FileLink>}
        </span>
      </div>
      <Card className="overflow-hidden">{content()}</Card>
    </>
  );
}
