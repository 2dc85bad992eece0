import { Link } from '@tanstack/react-router';
import { ChartSpline } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExecutionDetail } from '@/api/jobsContracts';
import { formatDateTime, formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { metricsPath, metricsSearch } from '@/lib/metricsLink';
import { CopyButton } from '@/ui/CopyButton';
import { Card } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { useJobsMessages } from '../messages';
import { Duration } from '../parts/Duration';
import { FactGrid, type Fact } from '@/ui/FactGrid';
import { jobMetricsQuery } from '../parts/jobMetrics';
import { executionMessages, useExecutionMessages } from './messages';

const marginMs = 600_000;

/** The time around a run, for looking at what else happened then. */
function around(run: ExecutionDetail): { from: string; to: string } {
  const start = Date.parse(run.startedAt ?? run.dueAt ?? new Date().toISOString());
  const to = run.finishedAt === null ? 'now' : new Date(Date.parse(run.finishedAt) + marginMs).toISOString();
  return { from: new Date(start - marginMs).toISOString(), to };
}

/** Times, place and identity of a run. */
export function Facts({ run }: { run: ExecutionDetail }) {
  const t = useExecutionMessages();
  const jobs = useJobsMessages();
  const locale = useLocale();
  const instant = (value: string | null): ReactNode => value && <span className="tabular">{formatDateTime(locale, Date.parse(value))}</span>;
  const id = (text: string | null, what: string): ReactNode =>
    text && (
      <span className="flex min-w-0 items-center gap-1">
        <code className="truncate font-mono text-xs" title={text}>{text}</code>
        <CopyButton text={text} what={what} />
      </span>
    );
  const waitMs = run.startedAt && run.dueAt ? Date.parse(run.startedAt) - Date.parse(run.dueAt) : null;
  const reasonKey = `reason.${run.cancelReason ?? ''}`;
  const reason = reasonKey in executionMessages.en ? t(reasonKey as 'reason.requested') : run.cancelReason;
  const trigger = jobs(`trigger.${run.trigger}`);
  const facts: Fact[] = [
    [t('nominal'), run.trigger === 'schedule' && instant(run.nominalAt)],
    [t('due'), run.dueAt !== run.nominalAt && instant(run.dueAt)],
    [t('started'), run.startedAt && <Time value={run.startedAt} />],
    [t('wait'), waitMs !== null && run.attempt === 1 && formatSeconds(locale, Math.max(0, waitMs) / 1000)],
    [t('finished'), instant(run.finishedAt)],
    [t('took'), run.startedAt && <Duration run={run} />],
    [t('trigger'), run.requestedBy ? t('by', { trigger, name: run.requestedBy }) : trigger],
    [t('cancelReason'), reason],
    [t('exit'), run.exitCode !== null && <span className="tabular">{run.exitCode}</span>],
    [t('attempt'), run.attempt > 0 && jobs('attemptOf', { attempt: run.attempt, attempts: run.attempts })],
    [t('instance'), run.instance && <code className="block truncate font-mono text-xs" title={run.instance}>{run.instance}</code>],
    [t('fence'), run.fence !== null && <span className="tabular">{run.fence}</span>],
    [t('lease'), instant(run.leaseUntil)],
    [t('version'), run.taskVersion],
    [t('trace'), id(run.traceId, t('copyTrace'))],
    [t('id'), id(run.id, t('id'))],
    [
      jobs('metricsTitle'),
      <Link key="metrics" to={metricsPath} search={metricsSearch(jobMetricsQuery({ id: run.taskId }), around(run))} className="inline-flex items-center gap-1 rounded text-accent hover:underline">
        <ChartSpline size={14} aria-hidden="true" />
        {t('metrics')}
      </Link>,
    ],
  ];
  return (
    <Card className="mb-6 p-4">
      <FactGrid facts={facts} />
    </Card>
  );
}
