import { expect, it } from 'vitest';
import { errorPosition, errorRange } from './promqlError';

it('finds the position in the server’s message', () => {
  expect(errorPosition('invalid parameter "query": 1:5: parse error: unexpected end')).toEqual({ line: 1, column: 5, text: 'parse error: unexpected end' });
  expect(errorPosition('2:11: parse error: x')).toEqual({ line: 2, column: 11, text: 'parse error: x' });
  expect(errorPosition('query timed out after 2:00 minutes')).toBeNull();
});

it('underlines the word at the position', () => {
  const range = errorRange('sum(foo bar)', { line: 1, column: 9, text: '' });
  expect('sum(foo bar)'.slice(range.from, range.to)).toBe('bar');
});

it('finds its line, counts columns in bytes, and stays inside the text', () => {
  const text = 'a{b="温度"}\n+ oops';
  expect(text.slice(...Object.values(errorRange(text, { line: 2, column: 3, text: '' })))).toBe('oops');
  expect(text.slice(...Object.values(errorRange(text, { line: 1, column: 13, text: '' })))).toBe('}');
  expect(errorRange('abc', { line: 1, column: 99, text: '' })).toEqual({ from: 2, to: 3 });
});
