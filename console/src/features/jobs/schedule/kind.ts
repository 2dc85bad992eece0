import type { JobKind, JobRequest } from '@/api/jobsContracts';

/** What a job does when it runs. */
export function kindOf(job: Pick<JobRequest, 'command' | 'http' | 'handler'>): JobKind {
  return job.http ? 'http' : job.handler ? 'handler' : 'command';
}
