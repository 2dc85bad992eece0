import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { runStates, triggers } from '@/api/jobsContracts';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { useTimeRange } from '@/lib/useTimeRange';
import { FilterBar, type FilterOption } from '@/ui/FilterBar';
import { Card } from '@/ui/Page';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useLiveJobs } from '../live';
import { useJobsMessages } from '../messages';
import { JobsFrame } from '../parts/JobsFrame';
import { instancesQuery, jobQuery } from '../queries';
import { JobMatches } from './JobMatches';
import { readRunFilters, runFiltersPatch, runQueryOf } from './filters';
import { RunTable } from './RunTable';
import { useRuns } from './useRuns';

export default function ExecutionsPage() {
  const t = useJobsMessages();
  const update = useUpdateSearch();
  const { range } = useTimeRange();
  const filters = useSearchAs(readRunFilters);
  const taskId = filters.values['task'];
  const { runs, error, refetch, more, hasMore, loadingMore } = useRuns(useMemo(() => runQueryOf(filters, range), [filters, range]));
  const instances = useQuery(instancesQuery).data?.items;
  const job = useQuery({ ...jobQuery(taskId ?? ''), enabled: taskId !== undefined }).data;
  useLiveJobs();
  const fields = useMemo<FilterOption[]>(
    () => [
      { id: 'state', label: t('state'), choices: runStates.map((value) => ({ value, label: t(`state.${value}`) })) },
      { id: 'trigger', label: t('filter.trigger'), choices: triggers.map((value) => ({ value, label: t(`trigger.${value}`) })) },
      { id: 'instance', label: t('filter.instance'), choices: (instances ?? []).map(({ id, host, pid }) => ({ value: id, label: `${host} · ${pid}` })) },
      { id: 'task', label: t('filter.task'), choices: taskId === undefined ? [] : [{ value: taskId, label: job?.name ?? '…' }] },
    ],
    [t, instances, taskId, job?.name],
  );
  const isFiltered = Object.keys(filters.values).length > 0;
  const content = () => {
    if (!runs) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-60" />;
    if (runs.length > 0) return <RunTable runs={runs} onEnd={more} hasMore={hasMore} loadingMore={loadingMore} />;
    return isFiltered ? <EmptyState title={t('noRunsMatch')} detail={t('noRunsMatchDetail')} /> : <EmptyState title={t('noRunsYet')} detail={t('noRunsYetDetail')} />;
  };
  return (
    <JobsFrame tab="/jobs/executions">
      <div className="mb-3">
        <FilterBar label={t('searchRuns')} placeholder={t('searchRunsHint')} fields={fields} state={filters} onChange={(next) => update(runFiltersPatch(next), true)} />
        {filters.text !== '' && <JobMatches text={filters.text} onChoose={(task) => update(runFiltersPatch({ text: '', values: { ...filters.values, task } }), true)} />}
      </div>
      {error && runs && <InlineError error={error} />}
      <Card className="overflow-hidden">{content()}</Card>
    </JobsFrame>
  );
}
