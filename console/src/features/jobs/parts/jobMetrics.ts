/** PromQL about one job: how many of its attempts ended how, in five minutes. */
export function jobMetricsQuery(job: { id: string }): string[] {
  return [`sum by (end) (increase(signalbox_job_attempts_total{job_id="${job.id}"}[5m]))`];
}
