import { expect, it } from 'vitest';
import { listQueryOf, readRunFilters, readSort, runFiltersPatch } from './filters';

it('reads filters from the address and leaves out what there is not', () => {
  expect(readRunFilters({ repository: 'acme/shop', outcome: 'purple', risk: 'high', q: 'retry', other: 'x' })).toEqual({ text: 'retry', values: { repository: 'acme/shop', risk: 'high' } });
});

it('takes a filter that was dropped out of the address', () => {
  expect(runFiltersPatch({ text: '', values: { branch: 'main' } })).toEqual({ q: undefined, branch: 'main', repository: undefined, actor: undefined, agent: undefined, outcome: undefined, risk: undefined });
});

it('sorts the newest first unless the address says otherwise', () => {
  expect(readSort({})).toBe('startedAt');
  expect(readSort({ sort: 'colour' })).toBe('startedAt');
  expect(readSort({ sort: 'cost' })).toBe('cost');
});

it('asks for a level of risk by its least score, and leaves the end open while it is now', () => {
  const query = listQueryOf({ text: 'x', values: { risk: 'high', actor: 'lena' } }, 'startedAt', { from: 'now-1h', to: 'now' }, Date.parse('2026-03-01T12:00:00Z'));
  expect(query).toEqual({ actor: 'lena', risk_min: 50, q: 'x', sort: 'startedAt', from: '2026-03-01T11:00:00.000Z', to: undefined });
});
