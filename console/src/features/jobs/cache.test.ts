import { expect, it } from 'vitest';
import { mergeNewest, replaceIn } from './cache';

const item = (id: string, state = 'running') => ({ id, state });
const pages = (...lists: ReturnType<typeof item>[][]) => ({
  pages: lists.map((items, index) => ({ items, next: index === lists.length - 1 ? null : `c${index}` })),
  pageParams: lists.map((_, index) => (index === 0 ? null : `c${index - 1}`)),
});

it('leaves a list alone that holds nothing of what changed', () => {
  const data = pages([item('a')]);
  expect(replaceIn(data, new Map([['z', item('z')]]))).toBe(data);
});

it('follows the order of what was told last, and keeps below what it did not tell of', () => {
  const merged = mergeNewest(pages([item('c'), item('b')], [item('a')]), { items: [item('d'), item('b'), item('c', 'failed')], next: 'x' });
  expect(merged.pages.map((page) => page.items.map((one) => `${one.id} ${one.state}`))).toEqual([['d running', 'b running', 'c failed'], ['a running']]);
});

it('starts afresh when more happened than one page tells', () => {
  const fresh = { items: [item('z')], next: 'more' };
  expect(mergeNewest(pages([item('a')]), fresh)).toEqual({ pages: [fresh], pageParams: [null] });
});

it('adds to an empty list', () => {
  expect(mergeNewest(pages([]), { items: [item('a')], next: null }).pages[0]?.items).toEqual([item('a')]);
});
