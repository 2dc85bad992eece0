import { Link } from '@tanstack/react-router';
import type { Job } from '@/api/jobsContracts';
import { metricsPath, metricsSearch } from '@/lib/metricsLink';
import { Card, Section } from '@/ui/Page';
import { InlineError, Skeleton } from '@/ui/States';
import { RunTable } from '../executions/RunTable';
import { useRuns } from '../executions/useRuns';
import { jobMetricsQuery } from '../parts/jobMetrics';
import { useDetailMessages } from './messages';

const shown = 15;

/** The newest runs of a job, and where the others are. */
export function LastRuns({ job }: { job: Job }) {
  const t = useDetailMessages();
  const { runs, error } = useRuns({ taskId: job.id });
  const newest = runs?.slice(0, shown);
  const linkClass = 'rounded font-medium text-accent hover:underline';
  const note = (
    <span className="flex flex-wrap gap-x-4">
      <Link to="/jobs/executions" search={{ task: job.id }} className={linkClass}>{t('allRuns')}</Link>
      <Link to="/jobs/timeline" search={{ task: job.id }} className={linkClass}>{t('onTimeline')}</Link>
      <Link to={metricsPath} search={metricsSearch(jobMetricsQuery(job))} className={linkClass}>{t('metrics')}</Link>
    </span>
  );
  return (
    <Section title={t('runsTitle')} note={note}>
      <Card className="overflow-hidden">
        {error && <InlineError error={error} />}
        {!newest && !error && <Skeleton className="m-3 h-24" />}
        {newest?.length === 0 && <p className="p-3 text-ink-3">{t('noRuns')}</p>}
        {newest && newest.length > 0 && <RunTable runs={newest} oneJob hasMore loadingMore={false} />}
      </Card>
    </Section>
  );
}
