import type { Job } from '@/api/jobsContracts';
import { Time } from '@/ui/Time';
import { useJobsMessages } from '../messages';

/** When a job runs next, or why it does not. */
export function NextFire({ job }: { job: Job }) {
  const t = useJobsMessages();
  if (!job.enabled) return <span className="text-ink-3">{t('noNext.disabled')}</span>;
  if (job.nextFireAt) return <Time value={job.nextFireAt} />;
  const after = job.schedule?.after?.task;
  if (after) return <span className="text-ink-3">{t('noNext.after', { name: after })}</span>;
  return <span className="text-ink-3">{job.schedule ? t('noNext') : t('noNext.hand')}</span>;
}
