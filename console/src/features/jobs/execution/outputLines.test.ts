import { expect, it } from 'vitest';
import type { OutputLine } from '@/api/jobsContracts';
import { appendOutput, mostLines, noOutput, outputText } from './outputLines';

const piece = (seq: number, text: string): OutputLine => ({ seq, stream: 'out', at: '2026-01-01T00:00:00.000Z', text });

it('takes in what is new once, however often it is read', () => {
  const first = appendOutput(noOutput, [piece(0, 'a\n'), piece(2, 'b\nc\n')], false, false);
  const again = appendOutput(first, [piece(2, 'b\nc\n'), piece(3, 'd')], true, false);
  expect(again.lines.map((line) => line.text)).toEqual(['a', 'b', 'c', 'd']);
  expect(again.last).toBe(3);
  expect(again.complete).toBe(true);
});

it('stays the same object when nothing came', () => {
  const first = appendOutput(noOutput, [piece(1, 'a')], false, false);
  expect(appendOutput(first, [], false, false)).toBe(first);
});

it('lets go of the oldest lines and says how many', () => {
  const many = Array.from({ length: mostLines + 3 }, (_, index) => piece(index, `line ${index}\n`));
  const state = appendOutput(noOutput, many, false, false);
  expect([state.lines.length, state.dropped, state.lines[0]?.text]).toEqual([mostLines, 3, 'line 3']);
});

it('writes plain text', () => {
  expect(outputText(appendOutput(noOutput, [piece(1, '\u001b[31mred\u001b[0m')], true, false).lines)).toBe('red\n');
});

it('joins a line that came in pieces, of its own stream only', () => {
  const err = { ...piece(2, 'oh'), stream: 'err' as const };
  const state = appendOutput(noOutput, [piece(0, 'down'), piece(1, 'loading 5'), err, piece(3, '0 %\nnext')], false, false);
  const more = appendOutput(state, [piece(4, ' line\n'), piece(5, '\nend')], true, false);
  expect(more.lines.map((line) => `${line.stream} ${line.text}`)).toEqual(['out downloading 5', 'err oh', 'out 0 %', 'out next line', 'out ', 'out end']);
});
