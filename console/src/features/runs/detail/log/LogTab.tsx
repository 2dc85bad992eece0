import { useQuery } from '@tanstack/react-query';
import { Download, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ApiProblem } from '@/api/problem';
import { runsApi } from '@/api/runs';
import type { RunReport } from '@/api/runsContracts';
import { fileQuery, mostFileBytes } from '@/features/runs/queries';
import { formatBytes } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { Card } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { LogLines } from './LogLines';
import { filterLog, logLevels, readLog, type LogLevel } from './logLines';
import { useLogMessages } from './messages';

const name = 'log.jsonl';
const readLevel = (search: Readonly<Record<string, string>>): LogLevel => logLevels.find((level) => level === search['level']) ?? 'debug';

/** What the runner wrote down as it went; the beginning of a long log. */
export function LogTab({ run }: { run: RunReport }) {
  const t = useLogMessages();
  const locale = useLocale();
  const update = useUpdateSearch();
  const level = useSearchAs(readLevel);
  const [text, setText] = useState('');
  const { data, error, refetch } = useQuery(fileQuery(run, name));
  const lines = useMemo(() => data && readLog(data.text, data.cut), [data]);
  const shown = useMemo(() => lines && filterLog(lines, level, text), [lines, level, text]);
  const gone = error instanceof ApiProblem && error.status === 404;
  const content = () => {
    if (!shown || !lines) return gone ? <EmptyState title={t('empty')} detail={t('emptyDetail')} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-72" />;
    if (lines.length === 0) return <EmptyState title={t('empty')} detail={t('emptyDetail')} />;
    return shown.length === 0 ? <EmptyState title={t('noMatch')} /> : <LogLines lines={shown} />;
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="relative min-w-48 flex-1 sm:max-w-sm">
          <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" aria-hidden="true" />
          <input type="search" data-search className="field pl-8" aria-label={t('search')} placeholder={t('search')} value={text} onChange={(event) => setText(event.target.value)} />
        </div>
        <Segmented label={t('levels')} value={level} choices={logLevels.map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(next) => update({ level: next === 'debug' ? undefined : next }, true)} />
        <span className="ml-auto inline-flex items-center gap-4 text-xs text-ink-3">
          {shown && t('lines', { count: shown.length })}
          {data && (
            <a href={runsApi.fileUrl(run.id, name)} download={`${run.id}-${name}`} className="inline-flex items-center gap-1.5 rounded text-sm text-accent hover:underline">
              <Download size={14} aria-hidden="true" />
              {t('download')}
            </a>
          )}
        </span>
      </div>
      {data?.cut && <p className="mb-2 rounded-md bg-warn-soft px-3 py-1.5 text-xs text-warn">{t('cut', { size: formatBytes(locale, mostFileBytes) })}</p>}
      <Card className="overflow-hidden">{content()}</Card>
    </>
  );
}
