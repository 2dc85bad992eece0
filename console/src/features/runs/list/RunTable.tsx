import { Link, useNavigate } from '@tanstack/react-router';
import { ShieldX } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { RunItem } from '@/api/runsContracts';
import { useLocale } from '@/lib/locale';
import { visibleText } from '@/lib/visibleText';
import { RowTable, type RowColumn } from '@/ui/RowTable';
import { Time } from '@/ui/Time';
import { useRunsMessages } from '../messages';
import { formatDurationOf, formatTokens, formatUsd } from '../parts/money';
import { OutcomeBadge } from '../parts/OutcomeBadge';
import { RiskBadge } from '../parts/RiskBadge';
import type { SortColumn } from './filters';
import { SortHeader } from './SortHeader';

export interface RunTableProps {
  runs: readonly RunItem[];
  sort: SortColumn;
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

/** How it ended; for a failure with the code. */
function Ending({ run }: { run: RunItem }) {
  const t = useRunsMessages();
  const failed = run.outcome === 'failed' || run.outcome === 'not_started' || run.outcome === 'agent_error';
  return (
    <>
      <OutcomeBadge outcome={run.outcome} />
      {failed && run.exitCode !== null && <span className="tabular block pl-1.5 text-2xs leading-4 text-ink-3">{t('exitCode', { code: String(run.exitCode) })}</span>}
    </>
  );
}

/** How many files were changed, and how many calls were denied. */
function Deeds({ run }: { run: RunItem }) {
  const t = useRunsMessages();
  return (
    <>
      <span className={figure}>{run.changes === 0 ? nothing : t('files', { count: run.changes })}</span>
      {run.denials > 0 && (
        <span className="tabular flex items-center justify-end gap-1 text-xs font-medium whitespace-nowrap text-warn">
          <ShieldX size={12} aria-hidden="true" />
          {t('denied', { count: run.denials })}
        </span>
      )}
    </>
  );
}

/** Runs, the newest first unless they are sorted otherwise. */
export function RunTable({ runs, sort, onSort, onEnd, foot }: RunTableProps) {
  const t = useRunsMessages();
  const locale = useLocale();
  const navigate = useNavigate();
  const columns = useMemo<RowColumn<RunItem>[]>(() => {
    const sortable = (...sorts: SortColumn[]): Pick<RowColumn<RunItem>, 'header' | 'sorted'> => ({
      header: <SortHeader columns={sorts} sort={sort} onSort={onSort} />,
      sorted: sorts.includes(sort) ? 'descending' : undefined,
    });
    return [
      { id: 'outcome', header: t('column.outcome'), className: 'w-px', cell: (run) => <Ending run={run} /> },
      {
        id: 'run',
        header: t('column.run'),
        className: 'max-w-0',
        cell: (run) => (
          <TwoLines
            mono
            second={run.pipeline ? visibleText(run.command) : null}
            first={
              <Link to="/runs/$id" params={{ id: run.id }} className={run.pipeline ? 'rounded font-medium hover:underline' : 'rounded font-mono text-xs font-medium hover:underline'} title={run.command}>
                {visibleText(run.pipeline ?? run.command)}
              </Link>
            }
          />
        ),
      },
      { id: 'repository', header: t('column.repository'), className: 'w-[14%] max-w-0', cell: (run) => (run.repository ? <TwoLines first={<span title={run.repository}>{run.repository}</span>} second={run.branch && visibleText(run.branch)} mono /> : nothing) },
      { id: 'actor', header: t('column.actor'), className: 'w-[10%] max-w-0', cell: (run) => <TwoLines first={run.actorName ?? run.actor ?? nothing} second={run.agent ?? t('plainCommand')} /> },
      { id: 'risk', ...sortable('risk'), className: 'w-px', cell: (run) => <RiskBadge score={run.riskScore} level={run.riskLevel} /> },
      // What is known from the risk, too, gives way where there is little room.
      { id: 'changes', header: t('column.changes'), numeric: true, className: 'w-px max-xl:hidden', cell: (run) => <Deeds run={run} /> },
      {
        id: 'cost',
        ...sortable('cost', 'tokens'),
        numeric: true,
        className: 'w-px',
        cell: (run) => <TwoLines first={<span className={figure}>{formatUsd(locale, run.costUsd)}</span>} second={run.totalTokens === null ? null : t('tokensOf', { tokens: formatTokens(locale, run.totalTokens) })} />,
      },
      {
        id: 'started',
        ...sortable('startedAt', 'duration'),
        className: 'w-px whitespace-nowrap',
        cell: (run) => <TwoLines first={<Time value={run.startedAt} />} second={run.durationSeconds === null ? null : formatDurationOf(locale, run.durationSeconds)} />,
      },
    ];
  }, [t, locale, sort, onSort]);
  return (
    <RowTable
      label={t('nav')}
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      rowHeight={45}
      minWidth="min-w-[740px] xl:min-w-[940px]"
      onOpen={(run) => void navigate({ to: '/runs/$id', params: { id: run.id } })}
      onEnd={onEnd}
      foot={foot}
    />
  );
}
