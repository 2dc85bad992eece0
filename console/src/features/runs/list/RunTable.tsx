import { Link, useNavigate } from '@tanstack/react-router';
import { ShieldX } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { RunItem } from '@/api/runsContracts';
import { formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { RowTable, type RowColumn } from '@/ui/RowTable';
import { Time } from '@/ui/Time';
import { useRunsMessages } from '../messages';
import { formatDurationOf, formatTokens, formatUsd } from '../parts/money';
import { OutcomeBadge } from '../parts/OutcomeBadge';
import { RiskBadge } from '../parts/RiskBadge';
import type { RunSort, SortColumn } from './filters';
import { SortHeader } from './SortHeader';

export interface RunTableProps {
  runs: readonly RunItem[];
  sort: RunSort;
  onSort: (column: SortColumn) => void;
  onEnd: () => void;
  foot: ReactNode;
}

const nothing = <span className="text-ink-3">–</span>;
const figure = 'tabular whitespace-nowrap';

function TwoLines({ first, second, mono }: { first: ReactNode; second: string | null | undefined; mono?: boolean }) {
  return (
    <span className="block min-w-0">
      <span className="block truncate">{first}</span>
      {second && (
        <span className={mono ? 'block truncate font-mono text-2xs text-ink-3' : 'block truncate text-xs text-ink-3'} title={second}>
          {second}
        </span>
      )}
    </span>
  );
}

/** Runs, the newest first unless they are sorted otherwise. */
export function RunTable({ runs, sort, onSort, onEnd, foot }: RunTableProps) {
  const t = useRunsMessages();
  const locale = useLocale();
  const navigate = useNavigate();
  const columns = useMemo<RowColumn<RunItem>[]>(() => {
    const sortable = (column: SortColumn): Pick<RowColumn<RunItem>, 'header' | 'sorted'> => ({
      header: <SortHeader column={column} label={t(`column.${column}`)} sort={sort} onSort={onSort} />,
      sorted: sort.column === column ? (sort.down ? 'descending' : 'ascending') : undefined,
    });
    return [
      { id: 'outcome', header: t('column.outcome'), className: 'w-36', cell: (run) => <OutcomeBadge outcome={run.outcome} /> },
      {
        id: 'run',
        header: t('column.run'),
        className: 'max-w-0',
        cell: (run) => (
          <TwoLines
            mono
            second={run.pipeline ? run.command : null}
            first={
              <Link to="/runs/$id" params={{ id: run.id }} className={run.pipeline ? 'rounded font-medium hover:underline' : 'rounded font-mono text-xs font-medium hover:underline'} title={run.command}>
                {run.pipeline ?? run.command}
              </Link>
            }
          />
        ),
      },
      { id: 'repository', header: t('column.repository'), className: 'w-[15%] max-w-0', cell: (run) => (run.repository ? <TwoLines first={<span title={run.repository}>{run.repository}</span>} second={run.branch} mono /> : nothing) },
      { id: 'actor', header: t('column.actor'), className: 'w-[10%] max-w-0', cell: (run) => <TwoLines first={run.actorName ?? run.actor ?? nothing} second={run.agent ?? t('plainCommand')} /> },
      { id: 'risk', ...sortable('risk'), className: 'w-28', cell: (run) => <RiskBadge score={run.riskScore} level={run.riskLevel} /> },
      { id: 'changes', header: t('column.changes'), numeric: true, className: 'w-20', cell: (run) => <span className={figure}>{run.changes === 0 ? nothing : t('files', { count: run.changes })}</span> },
      {
        id: 'denials',
        header: t('column.denials'),
        numeric: true,
        className: 'w-18',
        cell: (run) =>
          run.denials ? (
            <span className="tabular inline-flex items-center gap-1 font-medium text-warn">
              <ShieldX size={13} aria-hidden="true" />
              {formatCount(locale, run.denials)}
            </span>
          ) : (
            nothing
          ),
      },
      { id: 'tokens', ...sortable('tokens'), numeric: true, className: 'w-20', cell: (run) => <span className={figure} title={run.totalTokens ? formatCount(locale, run.totalTokens) : undefined}>{formatTokens(locale, run.totalTokens)}</span> },
      { id: 'cost', ...sortable('cost'), numeric: true, className: 'w-20', cell: (run) => <span className={figure}>{formatUsd(locale, run.costUsd)}</span> },
      { id: 'duration', ...sortable('duration'), numeric: true, className: 'w-24', cell: (run) => <span className={figure}>{formatDurationOf(locale, run.durationSeconds)}</span> },
      { id: 'started', ...sortable('started'), className: 'w-32', cell: (run) => <Time value={run.startedAt} /> },
    ];
  }, [t, locale, sort, onSort]);
  return (
    <RowTable
      label={t('nav')}
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      rowHeight={45}
      minWidth="min-w-[1120px]"
      onOpen={(run) => void navigate({ to: '/runs/$id', params: { id: run.id } })}
      onEnd={onEnd}
      foot={foot}
    />
  );
}
