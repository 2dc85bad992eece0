import type { AuditCut, AuditDiffOperation, AuditErased, AuditEvent } from '@/api/auditContracts';
import type { DiffRow } from './rows';

/** What is to be said of a value beside it. */
export interface Mark {
  cut?: AuditCut;
  erased?: AuditErased;
}
export interface Marks {
  before: ReadonlyMap<string, Mark>;
  after: ReadonlyMap<string, Mark>;
}

/** Where in the old or the new object a place of the stored record is; null for places outside both. */
export function placeOf(path: string, diff: readonly AuditDiffOperation[]): { side: 'before' | 'after'; pointer: string } | null {
  if (path === '/before' || path.startsWith('/before/')) return { side: 'before', pointer: path.slice('/before'.length) };
  // The new object is not stored, but what was erased in it is told by its place there.
  if (path === '/after' || path.startsWith('/after/')) return { side: 'after', pointer: path.slice('/after'.length) };
  const [, number, member, rest = ''] = /^\/diff\/(\d+)\/(value|old)(\/.*)?$/.exec(path) ?? [];
  const operation = number === undefined ? undefined : diff[Number(number)];
  return operation ? { side: member === 'old' ? 'before' : 'after', pointer: operation.path + rest } : null;
}

/** The marks of an event's old and new object. */
export function marksOf({ diff, cut, redacted }: Pick<AuditEvent, 'diff' | 'cut' | 'redacted'>): Marks {
  const marks = { before: new Map<string, Mark>(), after: new Map<string, Mark>() };
  const put = (path: string, mark: Mark) => {
    const place = placeOf(path, diff);
    if (place) marks[place.side].set(place.pointer, { ...marks[place.side].get(place.pointer), ...mark });
  };
  cut.forEach((one) => put(one.path, { cut: one }));
  redacted.forEach((one) => put(one.path, { erased: one }));
  return marks;
}

/** The marks of a row. What stayed the same is marked on the right as it is on the left. */
export function rowMarks({ before, after }: Marks, { kind, left, right }: DiffRow): { left: Mark | undefined; right: Mark | undefined } {
  const find = (marks: ReadonlyMap<string, Mark>, line: DiffRow['left']) => (line === null || (line.kind === 'bracket' && line.name === null && line.text !== '{' && line.text !== '[') ? undefined : marks.get(line.pointer));
  const old = find(before, left);
  return { left: old, right: find(after, right) ?? (kind === 'same' ? old : undefined) };
}
