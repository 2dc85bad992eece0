import { describe, expect, it } from 'vitest';
import { absoluteRange, alignInterval, lastDuration, parseInstant, parseRefresh, rateWindow, refreshMs, resolveRange, shiftInterval, stepFor, widenInterval } from './timeRange';

const now = Date.UTC(2026, 0, 31, 12, 0, 0);
const hour = 3_600_000;

describe('parseInstant', () => {
  it('reads now and what is relative to it', () => {
    expect(parseInstant('now', now)).toBe(now);
    expect(parseInstant('now-1h30m', now)).toBe(now - 1.5 * hour);
    expect(parseInstant('now+10s', now)).toBe(now + 10_000);
  });

  it('reads RFC 3339 and milliseconds', () => {
    expect(parseInstant('2026-01-31T11:00:00.000Z', now)).toBe(now - hour);
    expect(parseInstant(String(now), now)).toBe(now);
  });

  it.each(['', 'yesterday', 'now-', 'now-1', 'now-1x', '2026', '2026-99-99T00:00:00Z', '99999999999999999', '<script>'])('refuses %j', (text) => {
    expect(parseInstant(text, now)).toBeNull();
  });
});

describe('resolveRange', () => {
  it('refuses a range that ends before it starts', () => {
    expect(resolveRange({ from: 'now', to: 'now-1h' }, now)).toBeNull();
    expect(resolveRange({ from: 'now-1h', to: 'now' }, now)).toEqual({ fromMs: now - hour, toMs: now });
  });

  it('gives back what absoluteRange wrote', () => {
    const interval = { fromMs: now - hour, toMs: now };
    expect(resolveRange(absoluteRange(interval), 0)).toEqual(interval);
  });
});

describe('lastDuration', () => {
  it('knows only ranges that end now', () => {
    expect(lastDuration({ from: 'now-15m', to: 'now' })).toBe('15m');
    expect(lastDuration({ from: 'now-15m', to: 'now-5m' })).toBeNull();
    expect(lastDuration({ from: '2026-01-01T00:00:00Z', to: 'now' })).toBeNull();
  });
});

describe('stepFor', () => {
  it('is round, at least the minimum, and never gives too many points', () => {
    expect(stepFor({ fromMs: 0, toMs: hour }, 240)).toBe(15);
    expect(stepFor({ fromMs: 0, toMs: 5 * 60_000 }, 240, 5)).toBe(5);
    for (const days of [0.01, 1, 15, 400, 5000]) {
      const toMs = days * 86_400_000;
      expect(toMs / 1000 / stepFor({ fromMs: 0, toMs }, 500)).toBeLessThanOrEqual(500);
    }
  });
});

describe('alignInterval', () => {
  it('asks for the same instants while time passes within a step', () => {
    const a = alignInterval({ fromMs: now + 1, toMs: now + hour + 1 }, 15);
    expect(alignInterval({ fromMs: now + 14_999, toMs: now + hour + 14_999 }, 15)).toEqual(a);
    expect(a.fromMs % 15_000).toBe(0);
  });
});

describe('moving a range', () => {
  it('shifts by half its length', () => {
    expect(shiftInterval({ fromMs: 100, toMs: 200 }, -1)).toEqual({ fromMs: 50, toMs: 150 });
  });

  it('widens to twice its length without passing now', () => {
    expect(widenInterval({ fromMs: 100, toMs: 200 }, 1000)).toEqual({ fromMs: 50, toMs: 250 });
    expect(widenInterval({ fromMs: 100, toMs: 200 }, 200)).toEqual({ fromMs: 0, toMs: 200 });
  });
});

describe('rateWindow', () => {
  it('always holds at least four samples of the source', () => {
    expect(rateWindow(5, 5)).toBe('20s');
    expect(rateWindow(300, 5)).toBe('5m5s');
  });
});

describe('refresh', () => {
  it('takes only offered intervals', () => {
    expect(parseRefresh('5s')).toBe('5s');
    expect(parseRefresh('1s')).toBeNull();
    expect(refreshMs('off')).toBe(false);
    expect(refreshMs('1m')).toBe(60_000);
  });
});
