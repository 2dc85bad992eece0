import { useNavigate, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { RunState } from '@/api/jobsContracts';
import { formatDateTime } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { RowTable, type RowColumn } from '@/ui/RowTable';
import { useJobsMessages } from '../messages';
import { useReason } from '../parts/reasons';
import { OutcomeBadge, StateBadge } from '../parts/StateBadge';
import type { LaidFire, TimelineLayout } from './layout';
import { useTimelineMessages } from './messages';

interface Row {
  key: string;
  name: string;
  taskId: string;
  startMs: number;
  endMs: number | null;
  run: { id: string; state: RunState } | null;
  fire: LaidFire | null;
}

function rowsOf({ lanes }: TimelineLayout): Row[] {
  const rows = lanes.flatMap(({ name, taskId, runs, fires }): Row[] => [
    ...runs.map((run): Row => ({ key: run.id, name, taskId, startMs: run.startMs, endMs: run.endMs, run, fire: null })),
    ...fires.map((fire): Row => ({ key: `${taskId} ${fire.atMs}`, name, taskId, startMs: fire.atMs, endMs: fire.atMs, run: null, fire })),
  ]);
  return rows.sort((a, b) => b.startMs - a.startMs);
}

/** What the drawing shows, as rows: for screen readers, and for whoever prefers to read. */
export function TimelineTable({ layout }: { layout: TimelineLayout }) {
  const t = useTimelineMessages();
  const jobs = useJobsMessages();
  const reason = useReason();
  const locale = useLocale();
  const navigate = useNavigate();
  const rows = useMemo(() => rowsOf(layout), [layout]);
  const columns: RowColumn<Row>[] = [
    { id: 'job', header: jobs('job'), className: 'w-1/3 max-w-0', cell: (row) => <Link to="/jobs/$id" params={{ id: row.taskId }} className="block truncate rounded font-medium hover:underline" title={row.name}>{row.name}</Link> },
    { id: 'what', header: t('what'), cell: (row) => (row.run ? <StateBadge state={row.run.state} /> : row.fire && <OutcomeBadge outcome={row.fire.outcome} />) },
    { id: 'start', header: t('start'), className: 'whitespace-nowrap', cell: (row) => formatDateTime(locale, row.startMs) },
    { id: 'end', header: t('end'), className: 'whitespace-nowrap', cell: (row) => (row.fire ? (reason(row.fire.reason) ?? '–') : row.endMs === null ? t('stillRunning') : formatDateTime(locale, row.endMs)) },
  ];
  return (
    <RowTable
      label={t('table')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      rowHeight={37}
      minWidth="min-w-[640px]"
      onOpen={(row) => row.run && void navigate({ to: '/jobs/executions/$id', params: { id: row.run.id } })}
    />
  );
}
