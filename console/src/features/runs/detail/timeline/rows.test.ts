import { expect, it } from 'vitest';
import type { TimelineEntry } from '@/api/runsContracts';
import { filterRows, offsetText, placeOf, readable, readRows, turnStarts, wordsOf, type TimelineGroup } from './rows';

let number = 0;
const entry = (kind: string, members: Partial<TimelineEntry> = {}): TimelineEntry => ({ number: number++, at: '2026-03-01T12:00:00Z', kind, title: kind, ...members });

const entries = [
  entry('session'),
  entry('text', { title: 'Text', detail: 'I look at the tests.' }),
  entry('tool', { toolUseId: 'a', tool: 'Task', title: 'Task Find the cause' }),
  entry('tool', { toolUseId: 'b', tool: 'Bash', title: 'Bash make', parentToolUseId: 'a', outcome: 'failed', detail: '{"command":"make"}' }),
  entry('tool', { toolUseId: 'c', tool: 'Task', parentToolUseId: 'a' }),
  entry('text', { parentToolUseId: 'c', title: 'Deeper.' }),
  entry('denial', { title: 'Refused', toolUseId: 'd' }),
];

it('nests what subagents do, however deep', () => {
  expect(readRows(entries).map((row) => row.depth)).toEqual([0, 0, 0, 1, 1, 2, 0]);
  expect(readRows([entry('text', { parentToolUseId: 'gone' })])[0]?.depth).toBe(1);
});

it('finds by group and by text', () => {
  const rows = readRows(entries);
  const shown = (group: TimelineGroup, text: string) => filterRows(rows, group, text).map((row) => row.entry.toolUseId ?? row.entry.kind);
  expect(shown('problems', '')).toEqual(['b', 'd']);
  expect(shown('all', 'MAKE')).toEqual(['b']);
  expect(shown('tools', 'task')).toEqual(['a', 'c']);
  expect(shown('messages', '')).toEqual(['text', 'text']);
  expect(shown('runner', '')).toEqual(['session']);
  expect(filterRows(rows, 'all', '  ')).toBe(rows);
});

it('knows where a call stands, or its refusal', () => {
  const rows = readRows(entries);
  expect([placeOf(rows, 'c'), placeOf(rows, 'd'), placeOf(rows, 'x'), placeOf(rows, null)]).toEqual([4, 6, -1, -1]);
});

it('knows where turns begin, whatever stands between', () => {
  expect(turnStarts(readRows([entry('session'), entry('text', { turn: 1 }), entry('sample'), entry('tool', { turn: 1 }), entry('text', { turn: 2 })]))).toEqual([false, true, false, false, true]);
});

it('shows what was said, and a call by its tool and what it is about', () => {
  expect(entries.slice(1, 3).map(wordsOf)).toEqual([
    { tool: null, line: 'I look at the tests.', more: null },
    { tool: 'Task', line: 'Find the cause', more: null },
  ]);
  expect(wordsOf(entry('text', { title: 'Said', detail: '\n\n' })).line).toBe('Said');
  expect(wordsOf(entry('tool', { tool: 'Task', title: 'Task' })).line).toBe('');
  expect(wordsOf(entry('note', { title: 'api_retry', detail: '\nsecond attempt\nrest' }))).toEqual({ tool: null, line: 'api_retry', more: 'second attempt' });
});

it('writes the time since the start as a stop watch does', () => {
  expect([0, 4.27, 59.99, 108, 3599.9, 3729].map(offsetText)).toEqual(['0\u00a0s', '4.2\u00a0s', '59.9\u00a0s', '1:48', '59:59', '1:02:09']);
});

it('lays out a tool’s input, and leaves what is cut as it is', () => {
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable('{"a":…')).toBe('{"a":…');
  expect(readable('plain')).toBe('plain');
});
