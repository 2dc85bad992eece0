import { describe, expect, it } from 'vitest';
import { formatAge, formatBytes, formatDuration, formatPercent, formatRelative, formatSeconds, formatValue } from './format';

const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('formatValue', () => {
  it.each([
    [0, 'number', '0'],
    [0.5, 'number', '0.5'],
    [1234.5, 'number', '1,235'],
    [1_234_567, 'number', '1.23M'],
    [0.000182, 'number', '0.000182'],
    [0.00001, 'number', '0.00001'],
    [1.5e-9, 'number', '1.5e-9'],
    [-42, 'number', '-42'],
    [2048, 'bytes', '2 KiB'],
    [1.5 * 2 ** 30, 'bytesPerSecond', '1.5 GiB/s'],
    [0.25, 'percent', '25%'],
    [12, 'perSecond', '12/s'],
    [0.0021, 'seconds', '2.1 ms'],
  ] as const)('writes %d as %s', (value, unit, text) => {
    expect(plain(formatValue('en', value, unit))).toBe(text);
  });

  it('writes what is missing and what is no number', () => {
    expect(formatValue('en', null, 'bytes')).toBe('–');
    expect(formatValue('en', Number.NaN, 'bytes')).toBe('NaN');
    expect(formatValue('zh', Infinity, 'seconds')).toBe('+Inf');
  });
});

describe('formatSeconds', () => {
  it.each([[5e-9, '5 ns'], [2.5e-5, '25 µs'], [0.25, '250 ms'], [90, '90 s'], [300, '5 min'], [10_800, '3 h'], [259_200, '3 d'], [0, '0 s']])('writes %d as %s', (seconds, text) => {
    expect(plain(formatSeconds('en', seconds))).toBe(text);
  });
});

it('keeps three figures of bytes and percents', () => {
  expect(plain(formatBytes('en', 123_456_789))).toBe('118 MiB');
  expect(formatPercent('en', 0.0042)).toBe('0.42%');
});

it('speaks both languages', () => {
  expect(formatDuration('en', '15m')).toBe('15 minutes');
  expect(formatDuration('zh', '15m')).toMatch(/15\s?分钟/);
  expect(formatAge('en', 3 * 86_400 + 5)).toBe('3 days');
  expect(formatRelative('en', 0, 120_000)).toBe('2 minutes ago');
  expect(formatRelative('zh', 86_400_000 * 2, 0)).toBe('后天');
});
