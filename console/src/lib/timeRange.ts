import { formatPromDuration, parseDuration } from './duration';

/** Two instants as they stand in the URL: `now-1h`, RFC 3339 or milliseconds since 1970. */
export interface TimeRange {
  from: string;
  to: string;
}

export interface Interval {
  fromMs: number;
  toMs: number;
}

const earliestMs = 0;
const latestMs = 8.64e15;

/** Reads one instant; null when the text is none. */
export function parseInstant(text: string, nowMs: number): number | null {
  const trimmed = text.trim();
  if (trimmed === 'now') return nowMs;
  const relative = /^now([+-])(.+)$/.exec(trimmed);
  if (relative) {
    const duration = parseDuration(relative[2] ?? '');
    return duration === null ? null : nowMs + (relative[1] === '-' ? -duration : duration);
  }
  if (/^\d{10,16}$/.test(trimmed)) return within(Number(trimmed));
  if (!/^\d{4}-\d{2}-\d{2}/.test(trimmed)) return null;
  return within(Date.parse(trimmed));
}

function within(ms: number): number | null {
  return Number.isFinite(ms) && ms >= earliestMs && ms <= latestMs ? ms : null;
}

export function resolveRange(range: TimeRange, nowMs: number): Interval | null {
  const fromMs = parseInstant(range.from, nowMs);
  const toMs = parseInstant(range.to, nowMs);
  return fromMs === null || toMs === null || fromMs >= toMs ? null : { fromMs, toMs };
}

/** True when both instants can be read and the first comes first. */
export function isValidRange(range: TimeRange): boolean {
  return resolveRange(range, Date.now()) !== null;
}

export function isRelative(range: TimeRange): boolean {
  return range.from.startsWith('now') || range.to.startsWith('now');
}

export function absoluteRange({ fromMs, toMs }: Interval): TimeRange {
  return { from: new Date(Math.round(fromMs)).toISOString(), to: new Date(Math.round(toMs)).toISOString() };
}

/** The duration of a range that ends now, such as `1h`; null for every other range. */
export function lastDuration(range: TimeRange): string | null {
  if (range.to !== 'now' || !range.from.startsWith('now-')) return null;
  const text = range.from.slice(4);
  return parseDuration(text) === null ? null : text;
}

export const presets = ['5m', '15m', '30m', '1h', '3h', '6h', '12h', '1d', '2d', '7d', '15d'] as const;

const niceSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** The smallest round step in seconds that draws `interval` in at most `maxPoints` points, not below `minSeconds`. */
export function stepFor({ fromMs, toMs }: Interval, maxPoints: number, minSeconds = 1): number {
  const wanted = Math.max((toMs - fromMs) / 1000 / maxPoints, minSeconds);
  return niceSteps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** Snaps an interval outward to multiples of the step, so that a moving window asks for the same instants again. */
export function alignInterval({ fromMs, toMs }: Interval, stepSeconds: number): Interval {
  const step = stepSeconds * 1000;
  return { fromMs: Math.floor(fromMs / step) * step, toMs: Math.floor(toMs / step) * step };
}

/** Moves a range by half its length; `direction` is -1 for earlier and 1 for later. */
export function shiftInterval({ fromMs, toMs }: Interval, direction: -1 | 1): Interval {
  const shift = ((toMs - fromMs) / 2) * direction;
  return { fromMs: fromMs + shift, toMs: toMs + shift };
}

/** Doubles a range around its middle without passing `nowMs`. */
export function widenInterval({ fromMs, toMs }: Interval, nowMs: number): Interval {
  const half = (toMs - fromMs) / 2;
  const end = Math.min(toMs + half, Math.max(nowMs, toMs));
  return { fromMs: end - half * 4, toMs: end };
}

/** A window for rate() that holds at least four samples: of the scrape interval, or of the step when that is longer. */
export function rateWindow(stepSeconds: number, scrapeSeconds: number): string {
  return formatPromDuration(Math.max(stepSeconds + scrapeSeconds, scrapeSeconds * 4) * 1000);
}

export const refreshChoices = ['off', '5s', '10s', '30s', '1m', '5m'] as const;
export type Refresh = (typeof refreshChoices)[number];

export function parseRefresh(text: string | undefined): Refresh | null {
  return refreshChoices.find((choice) => choice === text) ?? null;
}

/** Milliseconds between refreshes, or false when off, as TanStack Query wants it. */
export function refreshMs(refresh: Refresh): number | false {
  return refresh === 'off' ? false : (parseDuration(refresh) ?? false);
}
