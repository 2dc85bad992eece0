import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { ApiProblem } from '@/api/problem';
import { usePathParam } from '@/lib/search';
import { Button } from '@/ui/Button';
import { Page } from '@/ui/Page';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useJobRights, useRunNow } from '../actions';
import { useLiveJobs } from '../live';
import { useJobsMessages } from '../messages';
import { OutcomeBadge, StateBadge } from '../parts/StateBadge';
import { executionQuery } from '../queries';
import { Attempts, ErrorCard } from './Attempts';
import { CancelRun } from './CancelRun';
import { Facts } from './Facts';
import { useExecutionMessages } from './messages';
import { OutputCard } from './OutputCard';

export default function ExecutionPage() {
  const t = useExecutionMessages();
  const jobs = useJobsMessages();
  const navigate = useNavigate();
  const rights = useJobRights();
  const id = usePathParam('id');
  const { data: run, error, refetch } = useQuery({ ...executionQuery(id), refetchInterval: (query) => (isOpen(query.state.data?.state) ? 5000 : false) });
  const again = useRunNow((executionId) => void navigate({ to: '/jobs/executions/$id', params: { id: executionId } }));
  useLiveJobs();
  if (!run) {
    const gone = error instanceof ApiProblem && error.status === 404;
    return (
      <Page title={jobs('execution')} lead={t('loading')}>
        {gone ? (
          <EmptyState title={t('notFound')} detail={t('notFoundDetail')}>
            <Link to="/jobs/executions" className="font-medium text-accent underline underline-offset-2">
              {t('toHistory')}
            </Link>
          </EmptyState>
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-60" />
        )}
      </Page>
    );
  }
  const action = (
    <div className="flex flex-wrap gap-2">
      {isOpen(run.state) ? (
        <CancelRun run={run} />
      ) : (
        <Button icon={<Play size={15} />} busy={again.isPending} disabledReason={rights.run} onClick={() => again.mutate({ id: run.taskId, name: run.taskName })}>
          {t('runAgain')}
        </Button>
      )}
    </div>
  );
  return (
    <Page title={run.taskName} lead={t('lead', { job: run.taskName })} action={action} wide>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <StateBadge state={run.state} />
        {run.fireOutcome && <OutcomeBadge outcome={run.fireOutcome} />}
        {run.cancelReason !== null && run.state === 'running' && <span className="text-xs text-ink-2">{t('cancelAsked')}</span>}
        <Link to="/jobs/$id" params={{ id: run.taskId }} className="rounded text-accent hover:underline">
          {jobs('openJob')}
        </Link>
        <Link to="/jobs/executions" search={{ task: run.taskId }} className="rounded text-accent hover:underline">
          {jobs('allRuns')}
        </Link>
      </div>
      {error && <InlineError error={error} />}
      {run.error && <ErrorCard error={run.error} exitCode={run.exitCode} />}
      <Facts run={run} />
      <OutputCard key={run.id} run={run} />
      {run.attemptsBefore.length > 0 && <Attempts attempts={run.attemptsBefore} />}
    </Page>
  );
}

const isOpen = (state: string | undefined): boolean => state === 'running' || state === 'scheduled';
