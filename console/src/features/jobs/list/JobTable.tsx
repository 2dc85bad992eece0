import { Link, useNavigate } from '@tanstack/react-router';
import { FileCode, Globe, Play, Puzzle, SquareTerminal } from 'lucide-react';
import { useMemo } from 'react';
import type { Job } from '@/api/jobsContracts';
import { formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { IconButton } from '@/ui/Button';
import { RowTable, type RowColumn } from '@/ui/RowTable';
import { Switch } from '@/ui/Switch';
import { Time } from '@/ui/Time';
import { Tooltip } from '@/ui/Tooltip';
import { notify } from '@/ui/notice';
import { useJobRights, useRunNow, useSetEnabled } from '../actions';
import { useJobsMessages } from '../messages';
import { NextFire } from '../parts/NextFire';
import { RunSpark } from '../parts/RunSpark';
import { ScheduleText } from '../parts/ScheduleText';
import { StateBadge } from '../parts/StateBadge';
import { kindOf } from '../schedule/kind';

const kindIcons = { command: SquareTerminal, http: Globe, handler: Puzzle };

function JobName({ job }: { job: Job }) {
  const t = useJobsMessages();
  const kind = kindOf(job);
  const Icon = kindIcons[kind];
  return (
    <div className="flex min-w-0 items-center gap-2">
      <Tooltip text={t(`kind.${kind}`)}>
        <Icon size={15} strokeWidth={1.75} className="shrink-0 text-ink-3" role="img" aria-label={t(`kind.${kind}`)} />
      </Tooltip>
      <Link to="/jobs/$id" params={{ id: job.id }} className="truncate rounded font-medium hover:underline" title={job.name}>
        {job.name}
      </Link>
      {job.source === 'file' && (
        <Tooltip text={t('fromFile', { file: job.file ?? '' })}>
          <FileCode size={13} className="shrink-0 text-ink-3" role="img" aria-label={t('fromFile', { file: job.file ?? '' })} />
        </Tooltip>
      )}
    </div>
  );
}

function LastRun({ job }: { job: Job }) {
  const t = useJobsMessages();
  const locale = useLocale();
  const last = job.lastExecution;
  if (!last) return <span className="text-xs text-ink-3">{t('neverRan')}</span>;
  return (
    <div className="space-y-0.5 whitespace-nowrap">
      <Link to="/jobs/executions/$id" params={{ id: last.id }} className="rounded hover:opacity-80">
        <StateBadge state={last.state} />
      </Link>
      <div className="text-xs text-ink-3">
        {last.finishedAt && <Time value={last.finishedAt} />}
        {last.durationMs !== null && ` · ${formatSeconds(locale, last.durationMs / 1000)}`}
      </div>
    </div>
  );
}

function Busy({ job }: { job: Job }) {
  const t = useJobsMessages();
  if (job.running + job.waiting === 0) return <span className="text-xs text-ink-3">{t('idle')}</span>;
  return (
    <div className="text-xs whitespace-nowrap">
      {job.running > 0 && <div className="font-medium text-info">{t('running', { count: job.running })}</div>}
      {job.waiting > 0 && <div className="text-ink-2">{t('waiting', { count: job.waiting })}</div>}
    </div>
  );
}

export interface JobTableProps {
  jobs: readonly Job[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onEnd: () => void;
  loadingMore: boolean;
}

export function JobTable({ jobs, chosen, onChoose, onEnd, loadingMore }: JobTableProps) {
  const t = useJobsMessages();
  const navigate = useNavigate();
  const rights = useJobRights();
  const { mutate: setEnabled } = useSetEnabled();
  const { mutate: runNow } = useRunNow((_, job) => notify(t('started', { name: job.name })));
  const allChosen = jobs.every((job) => chosen.has(job.id));
  const columns = useMemo<RowColumn<Job>[]>(() => {
    const toggle = (id: string, on: boolean) => onChoose(new Set(on ? [...chosen, id] : [...chosen].filter((other) => other !== id)));
    return [
      {
        id: 'select',
        className: 'w-10 pr-0',
        header: <input type="checkbox" className="size-4 accent-accent align-middle" aria-label={t('selectAll')} checked={allChosen} onChange={() => onChoose(new Set(allChosen ? [] : jobs.map((job) => job.id)))} />,
        cell: (job) => <input type="checkbox" className="size-4 accent-accent align-middle" aria-label={t('select', { name: job.name })} checked={chosen.has(job.id)} onChange={(event) => toggle(job.id, event.target.checked)} />,
      },
      { id: 'name', header: t('name'), className: 'w-1/4 max-w-0', cell: (job) => <JobName job={job} /> },
      { id: 'schedule', header: t('schedule'), className: 'w-1/5 max-w-0', cell: (job) => <ScheduleText schedule={job.schedule} /> },
      { id: 'next', header: t('nextFire'), className: 'whitespace-nowrap', cell: (job) => <NextFire job={job} /> },
      { id: 'last', header: t('lastRun'), cell: (job) => <LastRun job={job} /> },
      { id: 'recent', header: t('recent'), cell: (job) => <RunSpark runs={job.recent} /> },
      { id: 'now', header: t('now'), cell: (job) => <Busy job={job} /> },
      { id: 'enabled', header: t('enabled'), cell: (job) => <Switch label={t('enableJob', { name: job.name })} checked={job.enabled} disabledReason={rights.change} onChange={(enabled) => setEnabled({ job, enabled })} /> },
      { id: 'run', header: <span className="sr-only">{t('runNow')}</span>, className: 'pl-0', cell: (job) => <IconButton label={t('runNowFor', { name: job.name })} icon={<Play size={15} />} disabledReason={rights.run} onClick={() => runNow(job)} /> },
    ];
  }, [t, chosen, onChoose, allChosen, jobs, rights.change, rights.run, setEnabled, runNow]);
  return (
    <RowTable
      label={t('nav')}
      columns={columns}
      rows={jobs}
      rowKey={(job) => job.id}
      rowHeight={53}
      minWidth="min-w-[940px]"
      isChosen={(job) => chosen.has(job.id)}
      onOpen={(job) => void navigate({ to: '/jobs/$id', params: { id: job.id } })}
      onEnd={onEnd}
      foot={loadingMore && <p className="px-3 py-2 text-xs text-ink-3">{t('loadMore')}</p>}
    />
  );
}
