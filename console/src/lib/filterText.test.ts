import { expect, it } from 'vitest';
import { readFilterText, writeFilterText } from './filterText';

const fields = [
  { id: 'state', values: ['failed', 'timedOut'] },
  { id: 'kind', values: ['http'] },
];

it('takes filters out of the text, whatever their case', () => {
  expect(readFilterText('nightly State:timedout backup', fields)).toEqual({ text: 'nightly backup', values: { state: 'timedOut' } });
});

it('leaves words that name no field or value as text', () => {
  expect(readFilterText('state:purple a:b', fields)).toEqual({ text: 'state:purple a:b', values: {} });
});

it('reads back what it writes', () => {
  const state = { text: 'a b', values: { state: 'failed', kind: 'http' } };
  expect(readFilterText(writeFilterText(state), fields)).toEqual(state);
});
