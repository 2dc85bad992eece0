import { expect, it } from 'vitest';
import { brief, filterLog, readLog } from './logLines';

const text = [
  '{"level":"info","ts":"2026-03-01T12:00:00.000Z","msg":"Started","pid":42,"trace_id":"t"}',
  '',
  'not JSON',
  '{"level":"warn","msg":"Memory is at 81 %"}',
  '{"level":"error","msg":"Killed","tool":{"name":"Bash"}}',
].join('\n');

it('reads lines with their level, time and other members', () => {
  const [first, second] = readLog(text).lines;
  expect(first).toEqual({ number: 1, level: 'info', at: '2026-03-01T12:00:00.000Z', message: 'Started', rest: [['pid', '42']] });
  expect(second).toEqual({ number: 3, level: 'info', at: null, message: 'not JSON', rest: [] });
});

it('tells the other members beside the message, apart from those of the log itself', () => {
  const [line] = readLog('{"msg":"m","caller":"a.cs:1","component":"audit","actor":"lena","bytes":4,"note":""}').lines;
  expect(line && brief(line)).toBe('actor=lena bytes=4');
});

it('numbers the lines of a later part on', () => {
  const { next } = readLog(`${text}\n`);
  expect([next, ...readLog('{"msg":"a"}\n\n{"msg":"b"}\n', next).lines.map((line) => line.number)]).toEqual([6, 6, 8]);
});

it('shows a level and what is graver, and finds text in every member', () => {
  const { lines } = readLog(text);
  expect(filterLog(lines, 'warning', '').map((line) => line.message)).toEqual(['Memory is at 81 %', 'Killed']);
  expect(filterLog(lines, 'debug', 'bash').map((line) => line.message)).toEqual(['Killed']);
  expect(filterLog(lines, 'error', 'memory')).toEqual([]);
});

it('takes what is no object as it stands', () => {
  expect(readLog('[1]\nnull\n7').lines.map((line) => line.message)).toEqual(['[1]', 'null', '7']);
});
