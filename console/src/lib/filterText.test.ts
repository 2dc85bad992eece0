import { describe, expect, it } from 'vitest';
import { namesFreeField, readFilterText, writeFilterText } from './filterText';

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

describe('a field of any value', () => {
  const free = [...fields, { id: 'branch', values: ['main'], free: true }];

  it('takes what is typed, in quotes where it has spaces', () => {
    expect(readFilterText('branch:fix/retries slow', free)).toEqual({ text: 'slow', values: { branch: 'fix/retries' } });
    expect(readFilterText('a branch:"two words" b', free)).toEqual({ text: 'a b', values: { branch: 'two words' } });
    expect(readFilterText('branch: x', free)).toEqual({ text: 'branch: x', values: {} });
  });

  it('is read back as it is written', () => {
    const state = { text: 'a', values: { branch: 'two words' } };
    expect(readFilterText(writeFilterText(state), free)).toEqual(state);
  });

  it('is told apart from fields with a few values', () => {
    expect(namesFreeField('x branch:ma', free)).toBe(true);
    expect(namesFreeField('state:failed sub-branch:x', free)).toBe(false);
  });
});
