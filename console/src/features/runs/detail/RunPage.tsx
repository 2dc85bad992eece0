import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { ApiProblem } from '@/api/problem';
import type { RunReport } from '@/api/runsContracts';
import { formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { usePathParam, useSearchAs } from '@/lib/search';
import { visibleText } from '@/lib/visibleText';
import { Page } from '@/ui/Page';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { tabLink, tabRow } from '@/ui/tabLooks';
import { useLiveRuns } from '../live';
import { useRunsMessages } from '../messages';
import { commandText } from '../parts/commandText';
import { runQuery } from '../queries';
import { ChangesTab } from './changes/ChangesTab';
import { DeleteRun } from './DeleteRun';
import { DenialsTab } from './DenialsTab';
import { FilesTab } from './files/FilesTab';
import { LogTab } from './log/LogTab';
import { useDetailMessages } from './messages';
import { MemoryTab } from './resources/MemoryTab';
import { SummaryTab } from './summary/SummaryTab';
import { countOf, readTab, runTabs, type RunTab } from './tabs';
import { TimelineTab } from './timeline/TimelineTab';
import { TraceTab } from './trace/TraceTab';
import { UsageTab } from './usage/UsageTab';
import { Verdict } from './Verdict';

const parts: Record<RunTab, ComponentType<{ run: RunReport }>> = {
  summary: SummaryTab,
  timeline: TimelineTab,
  changes: ChangesTab,
  denials: DenialsTab,
  memory: MemoryTab,
  usage: UsageTab,
  trace: TraceTab,
  log: LogTab,
  files: FilesTab,
};

function Tabs({ run, current }: { run: RunReport; current: RunTab }) {
  const t = useDetailMessages();
  const locale = useLocale();
  return (
    <nav aria-label={t('tabs')} className={tabRow}>
      {runTabs.map((tab) => {
        const count = countOf(run, tab);
        return (
          <Link
            key={tab}
            to="/runs/$id"
            params={{ id: run.id }}
            search={tab === 'summary' ? {} : { tab }}
            resetScroll={false}
            aria-current={tab === current ? 'page' : undefined}
            activeOptions={{ exact: true }}
            className={tabLink}
          >
            {t(`tab.${tab}`)}
            {count !== null && <span className="tabular rounded bg-raised px-1 text-2xs text-ink-2">{formatCount(locale, count)}</span>}
          </Link>
        );
      })}
    </nav>
  );
}

const longestTitle = 90;
const cut = (text: string): string => (text.length > longestTitle ? `${text.slice(0, longestTitle - 1)}…` : text);
/** The pipeline with its number, otherwise what was run. */
const titleOf = ({ ci, command }: RunReport): string => (ci.pipeline ? [ci.pipeline, ci.number && `#${ci.number}`].filter(Boolean).join(' ') : cut(commandText(command)));

export default function RunPage() {
  const t = useDetailMessages();
  const runs = useRunsMessages();
  const id = usePathParam('id');
  const tab = useSearchAs(readTab);
  const { data: run, error, refetch } = useQuery(runQuery(id));
  useLiveRuns();
  if (!run) {
    const gone = error instanceof ApiProblem && error.status === 404;
    return (
      <Page title={runs('run')} lead={t('lead')}>
        {gone ? (
          <EmptyState title={t('notFound')} detail={t('notFoundDetail')}>
            <Link to="/runs" className="font-medium text-accent underline underline-offset-2">
              {t('toList')}
            </Link>
          </EmptyState>
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-96" />
        )}
      </Page>
    );
  }
  const Part = parts[tab];
  return (
    <Page title={visibleText(titleOf(run))} lead={t('lead')} action={<DeleteRun id={run.id} />} wide>
      {error && <InlineError error={error} />}
      <Verdict run={run} />
      <Tabs run={run} current={tab} />
      <Part key={run.id} run={run} />
    </Page>
  );
}
