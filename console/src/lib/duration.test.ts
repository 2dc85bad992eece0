import { expect, it } from 'vitest';
import { formatPromDuration, parseDuration } from './duration';

it.each([['90s', 90_000], ['1h30m', 5_400_000], ['2d', 172_800_000], ['250ms', 250], ['1.5h', 5_400_000]])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['', '5', 's', '-5s', '5 minutes', '0s', '1h-5m'])('refuses %j', (text) => {
  expect(parseDuration(text)).toBeNull();
});

it('writes what it reads', () => {
  for (const ms of [1, 999, 1000, 61_000, 5_400_000, 90_061_001]) expect(parseDuration(formatPromDuration(ms))).toBe(ms);
});
