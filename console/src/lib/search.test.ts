import { expect, it } from 'vitest';
import { applyPatch, parseSearch, stringifySearch } from './search';

it('writes PromQL readably and reads it back exactly', () => {
  const search = { 'q.A': 'sum by (job) (rate(x_total{a="b c",d=~"e+&#%"}[5m])) > 1', from: 'now-1h' };
  const text = stringifySearch(search);
  expect(text).toContain('sum+by+(job)+(rate(x_total');
  expect(parseSearch(text)).toEqual(search);
});

it('writes nothing for nothing', () => {
  expect(stringifySearch({})).toBe('');
});

it('puts what a patch sets last, in its order, and removes what is undefined', () => {
  const patched = applyPatch({ b: '1', a: '2', c: '3' }, { c: undefined, b: '9', z: '0' });
  expect(Object.entries(patched)).toEqual([['a', '2'], ['b', '9'], ['z', '0']]);
});
