import { expect, it } from 'vitest';
import { jobFiltersPatch, jobQueryOf, readJobFilters } from './filters';

it('reads of the address what is a filter, and nothing else', () => {
  expect(readJobFilters({ q: 'night', state: 'failed', kind: 'nonsense', other: 'x' })).toEqual({ text: 'night', values: { state: 'failed' } });
});

it('reads back what it writes', () => {
  const state = { text: 'a', values: { state: 'lost', enabled: 'off' } };
  const patch = Object.fromEntries(Object.entries(jobFiltersPatch(state)).filter((entry): entry is [string, string] => entry[1] !== undefined));
  expect(readJobFilters(patch)).toEqual(state);
});

it('asks the server for what is switched on or off', () => {
  expect(jobQueryOf({ text: '', values: { enabled: 'off' } }).enabled).toBe('false');
  expect(jobQueryOf({ text: '', values: {} }).enabled).toBeUndefined();
});
