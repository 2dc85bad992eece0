import type { Execution } from '@/api/jobsContracts';
import { formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useNow } from '@/lib/useNow';

/** How long a run took, or has taken so far. */
export function Duration({ run }: { run: Pick<Execution, 'durationMs' | 'startedAt' | 'finishedAt'> }) {
  const locale = useLocale();
  if (run.durationMs !== null) return <span className="tabular whitespace-nowrap">{formatSeconds(locale, run.durationMs / 1000)}</span>;
  return run.startedAt && !run.finishedAt ? <RunningFor since={run.startedAt} /> : <span className="text-ink-3">–</span>;
}

function RunningFor({ since }: { since: string }) {
  const locale = useLocale();
  const now = useNow(1000);
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  return <span className="tabular whitespace-nowrap text-info">{formatSeconds(locale, seconds)}</span>;
}
