/** PromQL about one job: how many of its attempts ended how. */
export function jobMetricsQuery(job: { id: string }): string[] {
  return [`sum by (end) (increase(signalbox_job_duration_seconds_count{job_id="${job.id}"}[5m]))`];
}
