import { expect, it } from 'vitest';
import { assignColours, paletteSize, shortHash } from './colours';
import { differingLabels, formatLabels, quote, shortSeriesName } from './labels';

it('writes label sets as PromQL does', () => {
  expect(formatLabels({ __name__: 'up', job: 'b', instance: 'a' })).toBe('up{instance="a",job="b"}');
  expect(formatLabels({ __name__: 'up' })).toBe('up');
  expect(formatLabels({})).toBe('{}');
  expect(quote('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
});

it('names series by what tells them apart', () => {
  const sets = [{ job: 'a', mode: 'user' }, { job: 'a', mode: 'idle' }];
  const differing = differingLabels(sets);
  expect(differing).toEqual(['mode']);
  expect(shortSeriesName({ job: 'a', mode: 'user' }, differing)).toBe('{mode="user"}');
  expect(shortSeriesName({ job: 'a' }, [])).toBe('{job="a"}');
});

it('gives a series the same colour whatever is beside it, unless two want the same', () => {
  const alone = assignColours(['x']).get('x');
  expect(assignColours(['x']).get('x')).toBe(alone);
  expect(new Set(assignColours(Array.from({ length: paletteSize }, (_, index) => `series ${index}`)).values()).size).toBe(paletteSize);
});

it('spreads many series evenly over the palette', () => {
  const colours = [...assignColours(Array.from({ length: 50 }, (_, index) => `pod-${index}`)).values()];
  const uses = Array.from({ length: paletteSize }, (_, index) => colours.filter((colour) => colour === index + 1).length);
  expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
});

it('hashes to short stable names', () => {
  expect(shortHash('up{job="a"}')).toBe(shortHash('up{job="a"}'));
  expect(shortHash('a')).not.toBe(shortHash('b'));
  expect(shortHash('anything at all')).toMatch(/^[0-9a-z]{1,7}$/);
});
