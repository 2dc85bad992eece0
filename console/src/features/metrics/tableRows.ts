import type { QueryAnswer } from '@/api/prometheus';
import { toCsv } from '@/lib/csv';
import { differingLabels, type LabelSet } from '@/lib/labels';

export interface TableRow {
  key: string;
  queryName: string;
  labels: LabelSet;
  seconds: number;
  value: number;
}

export interface TableModel {
  /** Label names in the order of columns: the metric, then labels that differ, then those all share. */
  columns: string[];
  rows: TableRow[];
  /** How many rows there would be without the bound. */
  total: number;
  /** Text of queries that answer with one. */
  texts: string[];
}

const mostRows = 20_000;

export function tableModel(answers: readonly { name: string; answer: QueryAnswer }[]): TableModel {
  const sets = answers.flatMap(({ answer }) => answer.series.map((one) => one.labels));
  const differing = differingLabels(sets).filter((name) => name !== '__name__');
  const shared = [...new Set(sets.flatMap((set) => Object.keys(set)))].filter((name) => name !== '__name__' && !differing.includes(name)).sort();
  const named = sets.some((set) => set['__name__'] !== undefined);
  const rows: TableRow[] = [];
  const total = answers.reduce((sum, { answer }) => sum + answer.series.reduce((points, one) => points + one.points.length, 0), 0);
  for (const { name, answer } of answers) {
    answer.series.forEach((one, index) => {
      for (const [seconds, value] of one.points) {
        if (rows.length < mostRows) rows.push({ key: `${name} ${index} ${seconds}`, queryName: name, labels: one.labels, seconds, value });
      }
    });
  }
  const texts = answers.flatMap(({ answer }) => answer.text ?? []);
  return { columns: [...(named ? ['__name__'] : []), ...differing, ...shared], rows, total, texts };
}

export type SortKey = { column: string; down: boolean } | null;

export function sortRows(rows: readonly TableRow[], sort: SortKey): readonly TableRow[] {
  if (sort === null) return rows;
  const direction = sort.down ? -1 : 1;
  const by = (row: TableRow): string | number => {
    if (sort.column === '$value') return row.value;
    if (sort.column === '$time') return row.seconds;
    return sort.column === '$query' ? row.queryName : (row.labels[sort.column] ?? '');
  };
  return [...rows].sort((a, b) => {
    const [left, right] = [by(a), by(b)];
    return direction * (typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right), undefined, { numeric: true }));
  });
}

export function tableCsv({ columns, rows }: TableModel): string {
  return toCsv(
    ['query', ...columns, 'time', 'value'],
    rows.map((row) => [row.queryName, ...columns.map((name) => row.labels[name] ?? ''), new Date(row.seconds * 1000).toISOString(), Number.isFinite(row.value) ? row.value : String(row.value)]),
  );
}
