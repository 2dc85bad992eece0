import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { tokenKinds, type CostAnswer, type CostGroup, type CostRow } from '@/api/runsContracts';
import { formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import type { TimeRange } from '@/lib/timeRange';
import { DataTable, type Column } from '@/ui/DataTable';
import { useRunsMessages } from '../messages';
import { formatTokens, formatUsd } from '../parts/money';
import { useCostsMessages } from './messages';

export interface CostTableProps {
  answer: CostAnswer;
  by: CostGroup;
  range: TimeRange;
}

/** What each group cost, with the runs behind it. */
export function CostTable({ answer, by, range }: CostTableProps) {
  const t = useCostsMessages();
  const runs = useRunsMessages();
  const locale = useLocale();
  const columns = useMemo<Column<CostRow>[]>(() => {
    const tokens = (value: number) => <span className="tabular whitespace-nowrap" title={formatCount(locale, value)}>{value === 0 ? <span className="text-ink-3">–</span> : formatTokens(locale, value)}</span>;
    const money = (value: number | null) => <span className="tabular font-medium whitespace-nowrap">{formatUsd(locale, value)}</span>;
    return [
      {
        id: 'key',
        header: t(`by.${by}`),
        sortBy: ({ key }) => key,
        cell: ({ key }) =>
          key === null ? (
            <span className="text-ink-3">{t(`unknown.${by}`)}</span>
          ) : by === 'repository' || by === 'actor' ? (
            <Link to="/runs" search={{ [by]: key, ...range }} className="rounded font-medium break-all hover:underline" title={t('toRunsOf', { name: key })}>
              {key}
            </Link>
          ) : (
            <span className={by === 'model' ? 'font-mono text-xs break-all' : 'tabular whitespace-nowrap'}>{key}</span>
          ),
      },
      { id: 'runs', header: t('runs'), numeric: true, sortBy: (row) => row.runs, cell: (row) => <span className="tabular">{formatCount(locale, row.runs)}</span> },
      ...tokenKinds.map((kind): Column<CostRow> => ({ id: kind, header: runs(`tokens.${kind}`), numeric: true, from: 'md', sortBy: (row) => row[kind], cell: (row) => tokens(row[kind]) })),
      { id: 'total', header: runs('tokens.total'), numeric: true, sortBy: (row) => row.totalTokens, cell: (row) => tokens(row.totalTokens) },
      { id: 'perRun', header: t('perRun'), numeric: true, from: 'sm', sortBy: (row) => (row.costUsd ?? 0) / Math.max(1, row.runs), cell: (row) => <span className="tabular text-ink-2">{formatUsd(locale, row.costUsd === null ? null : row.costUsd / Math.max(1, row.runs))}</span> },
      { id: 'cost', header: t('measure.cost'), numeric: true, sortBy: (row) => row.costUsd, cell: (row) => money(row.costUsd) },
    ];
  }, [t, runs, locale, by, range]);
  return <DataTable key={by} label={t('chart.cost')} columns={columns} rows={answer.items} rowKey={({ key }) => key ?? '\u0000'} total={{ label: t('total'), row: answer.total }} />;
}
