import { expect, it } from 'vitest';
import { forgeLinks, safeUrl } from './links';

it('opens web addresses only', () => {
  expect(safeUrl('https://ci.example/1')).toBe('https://ci.example/1');
  expect(safeUrl('javascript:alert(1)')).toBeNull();
  expect(safeUrl('ci.example')).toBeNull();
  expect(safeUrl(undefined)).toBeNull();
});

it('knows where a forge shows commits and pull requests', () => {
  expect(forgeLinks({ platform: 'github', repositoryUrl: 'https://github.com/acme/shop.git', commit: 'abc', pullRequest: '7' })).toEqual({
    commit: 'https://github.com/acme/shop/commit/abc',
    pullRequest: 'https://github.com/acme/shop/pull/7',
  });
  expect(forgeLinks({ platform: 'gitlab', repositoryUrl: 'https://git.example/a/b', pullRequest: '7/../x' })).toEqual({ commit: null, pullRequest: null });
  expect(forgeLinks({ platform: 'jenkins', repositoryUrl: 'https://git.example/a/b', commit: 'abc' })).toEqual({ commit: null, pullRequest: null });
});
