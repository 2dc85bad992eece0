import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { Button } from '@/ui/Button';
import { FilterBar } from '@/ui/FilterBar';
import { Card } from '@/ui/Page';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useJobRights } from '../actions';
import { useLiveJobs } from '../live';
import { useJobsMessages, type JobsKey } from '../messages';
import { JobsFrame } from '../parts/JobsFrame';
import { jobsQuery } from '../queries';
import { BulkBar } from './BulkBar';
import { EmptyJobs } from './EmptyJobs';
import { jobFilterIds, jobFiltersPatch, jobFilterValues, jobQueryOf, readJobFilters, type JobFilterId } from './filters';
import { JobTable } from './JobTable';

const choiceLabel = (id: JobFilterId, value: string): JobsKey => (id === 'enabled' ? (value as 'on' | 'off') : (`${id}.${value}` as JobsKey));

export default function JobsPage() {
  const t = useJobsMessages();
  const navigate = useNavigate();
  const update = useUpdateSearch();
  const rights = useJobRights();
  const filters = useSearchAs(readJobFilters);
  const query = useInfiniteQuery(jobsQuery(jobQueryOf(filters)));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useLiveJobs();
  const jobs = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const fields = jobFilterIds.map((id) => ({ id, label: t(`filter.${id}`), choices: jobFilterValues[id].map((value) => ({ value, label: t(choiceLabel(id, value)) })) }));
  const isFiltered = filters.text !== '' || Object.keys(filters.values).length > 0;
  const create = (
    <Button look="primary" icon={<Plus size={15} />} disabledReason={rights.change} onClick={() => void navigate({ to: '/jobs/new' })}>
      {t('newJob')}
    </Button>
  );
  const content = () => {
    if (!jobs) return query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton className="m-4 h-60" />;
    if (jobs.length === 0 && !isFiltered) return <EmptyJobs action={create} />;
    if (jobs.length === 0) {
      return (
        <EmptyState title={t('noMatch')}>
          <Button onClick={() => update(jobFiltersPatch({ text: '', values: {} }))}>{t('clear')}</Button>
        </EmptyState>
      );
    }
    return <JobTable jobs={jobs} chosen={chosen} onChoose={setChosen} onEnd={more} loadingMore={isFetchingNextPage} />;
  };
  const visibleChosen = jobs?.filter((job) => chosen.has(job.id)) ?? [];
  return (
    <JobsFrame tab="/jobs" action={create}>
      {(isFiltered || (jobs?.length ?? 0) > 0) && (
        <div className="mb-3">
          <FilterBar label={t('search')} placeholder={t('searchHint')} fields={fields} state={filters} onChange={(next) => update(jobFiltersPatch(next), true)}>
            {jobs && <span className="ml-auto text-xs text-ink-3">{hasNextPage ? t('countMore', { count: jobs.length }) : t('count', { count: jobs.length })}</span>}
          </FilterBar>
        </div>
      )}
      {query.error && jobs && <InlineError error={query.error} />}
      {visibleChosen.length > 0 && <BulkBar jobs={visibleChosen} onDone={() => setChosen(new Set())} />}
      <Card className="overflow-hidden">{content()}</Card>
    </JobsFrame>
  );
}
