import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Execution } from '@/api/jobsContracts';
import { dateFormat } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { RowTable, type RowColumn } from '@/ui/RowTable';
import { Time } from '@/ui/Time';
import { useJobsMessages } from '../messages';
import { Duration } from '../parts/Duration';
import { OutcomeBadge, StateBadge } from '../parts/StateBadge';

export interface RunTableProps {
  runs: readonly Execution[];
  onEnd?: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  /** Leaves out which job it was, on the page of that job. */
  oneJob?: boolean;
}

/** Runs, newest first. */
export function RunTable({ runs, onEnd, hasMore, loadingMore, oneJob }: RunTableProps) {
  const t = useJobsMessages();
  const locale = useLocale();
  const navigate = useNavigate();
  const clock = dateFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const columns = useMemo<RowColumn<Execution>[]>(
    () => [
      {
        id: 'state',
        header: t('state'),
        cell: (run) => (
          <Link to="/jobs/executions/$id" params={{ id: run.id }} className="inline-flex gap-1 rounded hover:opacity-80">
            <StateBadge state={run.state} />
            {run.fireOutcome === 'late' && <OutcomeBadge outcome="late" />}
          </Link>
        ),
      },
      ...(oneJob
        ? []
        : [
            {
              id: 'task',
              header: t('task'),
              className: 'w-1/4 max-w-0',
              cell: (run: Execution) => (
                <Link to="/jobs/$id" params={{ id: run.taskId }} className="block truncate rounded font-medium hover:underline" title={run.taskName}>
                  {run.taskName}
                </Link>
              ),
            },
          ]),
      {
        id: 'started',
        header: t('started.at'),
        cell: (run) => (run.startedAt ? <Time value={run.startedAt} /> : <span className="whitespace-nowrap text-ink-3">{run.dueAt && t('nominal', { time: clock.format(Date.parse(run.dueAt)) })}</span>),
      },
      { id: 'duration', header: t('duration'), numeric: true, cell: (run) => <Duration run={run} /> },
      { id: 'trigger', header: t('trigger'), className: 'whitespace-nowrap', cell: (run) => <span title={run.requestedBy ?? undefined}>{t(`trigger.${run.trigger}`)}</span> },
      { id: 'attempt', header: t('attempt'), cell: (run) => (run.attempts > 1 && run.attempt > 0 ? <span className="whitespace-nowrap">{t('attemptOf', { attempt: run.attempt, attempts: run.attempts })}</span> : <span className="text-ink-3">–</span>) },
      ...(oneJob ? [] : [{ id: 'instance', header: t('instance'), className: 'max-w-36', cell: (run: Execution) => <span className="block truncate font-mono text-xs" title={run.instance ?? undefined}>{run.instance ?? '–'}</span> }]),
      { id: 'error', header: t('error'), className: 'w-1/4 max-w-0', cell: (run) => <span className="block truncate text-ink-2" title={run.error?.message ?? undefined}>{run.error?.message ?? (run.exitCode ? t('exitCode', { code: run.exitCode }) : '')}</span> },
    ],
    [t, clock, oneJob],
  );
  const foot = loadingMore ? t('loadMore') : hasMore ? null : t('allShown');
  return (
    <RowTable
      label={t('history')}
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      rowHeight={37}
      minWidth={oneJob ? 'min-w-[620px]' : 'min-w-[820px]'}
      onOpen={(run) => void navigate({ to: '/jobs/executions/$id', params: { id: run.id } })}
      onEnd={onEnd}
      foot={foot && <p className="px-3 py-2 text-xs text-ink-3">{foot}</p>}
    />
  );
}
