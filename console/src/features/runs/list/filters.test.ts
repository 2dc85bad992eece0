import { expect, it } from 'vitest';
import { listQueryOf, newestFirst, nextSort, readRunFilters, readSort, runFiltersPatch, writeSort } from './filters';

it('reads filters from the address and leaves out what there is not', () => {
  expect(readRunFilters({ repository: 'acme/shop', outcome: 'purple', risk: 'high', q: 'retry', other: 'x' })).toEqual({ text: 'retry', values: { repository: 'acme/shop', risk: 'high' } });
});

it('takes a filter that was dropped out of the address', () => {
  expect(runFiltersPatch({ text: '', values: { branch: 'main' } })).toEqual({ q: undefined, branch: 'main', repository: undefined, actor: undefined, agent: undefined, outcome: undefined, risk: undefined });
});

it('sorts the newest first unless the address says otherwise', () => {
  expect(readSort({})).toEqual(newestFirst);
  expect(readSort({ sort: '-colour' })).toEqual(newestFirst);
  expect(readSort({ sort: 'cost' })).toEqual({ column: 'cost', down: false });
  expect(writeSort(readSort({ sort: '-risk' }))).toBe('-risk');
});

it('turns the sort round on the second click on a header', () => {
  const first = nextSort(newestFirst, 'cost');
  expect(first).toEqual({ column: 'cost', down: true });
  expect(nextSort(first, 'cost')).toEqual({ column: 'cost', down: false });
});

it('asks for a level of risk by its least score, and leaves the end open while it is now', () => {
  const query = listQueryOf({ text: 'x', values: { risk: 'high', actor: 'lena' } }, newestFirst, { from: 'now-1h', to: 'now' }, Date.parse('2026-03-01T12:00:00Z'));
  expect(query).toEqual({ actor: 'lena', risk_min: 50, q: 'x', sort: '-started', from: '2026-03-01T11:00:00.000Z', to: undefined });
});
