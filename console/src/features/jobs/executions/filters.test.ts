import { expect, it } from 'vitest';
import { readRunFilters, resolveInstants, runFiltersPatch, runQueryOf } from './filters';

it('reads of the address what is a filter, and leaves out states that there are not', () => {
  expect(readRunFilters({ state: 'purple', trigger: 'manual', instance: 'h-1', task: 'id', x: 'y' })).toEqual({ text: '', values: { trigger: 'manual', instance: 'h-1', task: 'id' } });
});

it('clears what is no longer filtered by', () => {
  expect(runFiltersPatch({ text: '', values: { state: 'failed' } })).toEqual({ q: undefined, state: 'failed', trigger: undefined, instance: undefined, task: undefined });
});

it('makes relative instants absolute and leaves the end open while it is now', () => {
  const query = runQueryOf({ text: '', values: {} }, { from: 'now-1h', to: 'now' });
  expect(resolveInstants(query, 3_600_000)).toMatchObject({ from: '1970-01-01T00:00:00.000Z', to: undefined });
});
