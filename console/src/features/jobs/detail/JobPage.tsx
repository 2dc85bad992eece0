import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { ApiProblem } from '@/api/problem';
import { useIsAtLeast } from '@/api/session';
import { auditResourcePath } from '@/lib/auditLink';
import { usePathParam } from '@/lib/search';
import { Page } from '@/ui/Page';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useLiveJobs } from '../live';
import { useJobsMessages } from '../messages';
import { NextFire } from '../parts/NextFire';
import { RunSpark } from '../parts/RunSpark';
import { StateBadge } from '../parts/StateBadge';
import { jobQuery } from '../queries';
import { Fires } from './Fires';
import { JobActions } from './JobActions';
import { LastRuns } from './LastRuns';
import { useDetailMessages } from './messages';
import { NextFires } from './NextFires';
import { Settings } from './Settings';
import { Statistics } from './Statistics';

export default function JobPage() {
  const t = useDetailMessages();
  const jobs = useJobsMessages();
  const id = usePathParam('id');
  const { data: job, error, refetch } = useQuery(jobQuery(id));
  const operates = useIsAtLeast('operator');
  useLiveJobs();
  if (!job) {
    const gone = error instanceof ApiProblem && error.status === 404;
    return (
      <Page title={jobs('job')} lead={t('lead')}>
        {gone ? (
          <EmptyState title={t('notFound')} detail={t('notFoundDetail')}>
            <Link to="/jobs" className="font-medium text-accent underline underline-offset-2">
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
  return (
    <Page title={job.name} lead={job.description ?? t('lead')} action={<JobActions job={job} />} wide>
      {error && <InlineError error={error} />}
      <div className="mb-5 flex flex-wrap items-center gap-x-6 gap-y-2">
        <span className="inline-flex items-center gap-2">
          <span className="text-ink-3">{t('nextLabel')}</span>
          <NextFire job={job} />
        </span>
        {job.lastExecution && (
          <Link to="/jobs/executions/$id" params={{ id: job.lastExecution.id }} className="rounded hover:opacity-80">
            <StateBadge state={job.lastExecution.state} />
          </Link>
        )}
        {job.running > 0 && <span className="font-medium text-info">{jobs('running', { count: job.running })}</span>}
        {job.waiting > 0 && <span className="text-ink-2">{jobs('waiting', { count: job.waiting })}</span>}
        <RunSpark runs={job.recent} />
        {operates && (
          <Link to={auditResourcePath} params={{ type: 'task', id: job.id }} className="inline-flex items-center gap-1.5 rounded text-accent hover:underline">
            <ScrollText size={14} aria-hidden="true" />
            {t('audit')}
          </Link>
        )}
      </div>
      <div className="grid grid-cols-1 gap-x-6 lg:grid-cols-[minmax(0,1fr)_minmax(300px,380px)]">
        <div className="min-w-0">
          <Statistics taskId={job.id} />
          <LastRuns job={job} />
          <Fires taskId={job.id} />
        </div>
        <div className="min-w-0">
          <NextFires job={job} />
          <Settings job={job} />
        </div>
      </div>
    </Page>
  );
}
