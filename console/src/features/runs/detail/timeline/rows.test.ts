import { expect, it } from 'vitest';
import type { TimelineEntry } from '@/api/runsContracts';
import { durationOf, filterRows, outcomeOf, readRows } from './rows';

let number = 0;
const entry = (kind: string, members: Partial<TimelineEntry> = {}): TimelineEntry => ({ number: number++, at: '2026-03-01T12:00:00Z', kind, title: kind, ...members });

const entries = [
  entry('session'),
  entry('text', { title: 'I look at the tests.' }),
  entry('tool', { toolUseId: 'a', tool: 'Task' }),
  entry('tool', { toolUseId: 'b', tool: 'Bash', parentToolUseId: 'a' }),
  entry('result', { toolUseId: 'b', parentToolUseId: 'a', outcome: 'failed', durationSeconds: 2, detail: 'No such file' }),
  entry('tool', { toolUseId: 'c', tool: 'Task', parentToolUseId: 'a' }),
  entry('text', { parentToolUseId: 'c', title: 'Deeper.' }),
  entry('result', { toolUseId: 'a', outcome: 'succeeded' }),
  entry('denial', { title: 'Denied' }),
];

it('puts an answer to its call, with how it went', () => {
  const rows = readRows(entries);
  expect(rows.map((row) => row.entry.kind)).toEqual(['session', 'text', 'tool', 'tool', 'tool', 'text', 'denial']);
  const bash = rows[3];
  expect(bash && [outcomeOf(bash), durationOf(bash), bash.answer?.detail]).toEqual(['failed', 2, 'No such file']);
});

it('nests what subagents do', () => {
  expect(readRows(entries).map((row) => row.depth)).toEqual([0, 0, 0, 1, 1, 2, 0]);
});

it('keeps an answer whose call is not there, and a second one', () => {
  expect(readRows([entry('result', { toolUseId: 'x' })])).toHaveLength(1);
  expect(readRows([entry('tool', { toolUseId: 'x' }), entry('result', { toolUseId: 'x' }), entry('result', { toolUseId: 'x' })])).toHaveLength(2);
});

it('finds by group and by text, also in what a call was answered', () => {
  const rows = readRows(entries);
  const shown = (...filter: [Parameters<typeof filterRows>[1], string]) => filterRows(rows, ...filter).map((row) => row.entry.toolUseId ?? row.entry.title);
  expect(shown('problems', '')).toEqual(['b', 'Denied']);
  expect(shown('all', 'NO SUCH')).toEqual(['b']);
  expect(shown('tools', 'task')).toEqual(['a', 'c']);
  expect(filterRows(rows, 'all', '  ')).toBe(rows);
});
