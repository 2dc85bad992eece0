import { localeTags, type Locale } from './locale';
import type { Unit } from './units';

const formats = new Map<string, Intl.NumberFormat>();

export function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat(localeTags[locale], options);
  formats.set(key, format);
  return format;
}

const noValue = '–';

function special(value: number): string | null {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : null;
}

/** Digits after the point so that about three figures show. */
function decimals(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return 0;
  return size >= 10 ? 1 : 2;
}

function plain(locale: Locale, value: number): string {
  const size = Math.abs(value);
  // Down to a millionth a person reads 0.000182 faster than 1.82E-4.
  if (size !== 0 && size < 1e-6) return numberFormat(locale, { maximumSignificantDigits: 3, notation: 'scientific' }).format(value).replace('E', 'e');
  if (size < 1) return numberFormat(locale, { maximumSignificantDigits: 3 }).format(value);
  if (size < 10_000) return numberFormat(locale, { maximumFractionDigits: decimals(value) }).format(value);
  // Engineering prefixes read alike in every language, unlike 万 and 亿 on an axis in thousands.
  return scaled(locale, value, 1000, ['', 'k', 'M', 'G', 'T', 'P'], '');
}

function scaled(locale: Locale, value: number, base: number, names: readonly string[], gap: string): string {
  let rest = value;
  let index = 0;
  while (Math.abs(rest) >= base && index < names.length - 1) {
    rest /= base;
    index++;
  }
  return numberFormat(locale, { maximumFractionDigits: decimals(rest) }).format(rest) + gap + (names[index] ?? '');
}

const byteNames = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

export function formatBytes(locale: Locale, value: number): string {
  return special(value) ?? scaled(locale, value, 1024, byteNames, '\u00a0');
}

/** Writes seconds with the unit that suits their size: `850 µs`, `1.2 s`, `3 min`, `2.1 d`. */
export function formatSeconds(locale: Locale, value: number): string {
  const size = Math.abs(value);
  const steps: [number, number, string][] = [
    [1e-6, 1e9, 'ns'],
    [1e-3, 1e6, 'µs'],
    [1, 1e3, 'ms'],
    [120, 1, 's'],
    [7200, 1 / 60, 'min'],
    [172_800, 1 / 3600, 'h'],
    [Infinity, 1 / 86_400, 'd'],
  ];
  if (size === 0) return `0\u00a0s`;
  const [, factor, name] = steps.find(([below]) => size < below) ?? [0, 1, 's'];
  const scaledValue = value * factor;
  return `${numberFormat(locale, { maximumFractionDigits: decimals(scaledValue) }).format(scaledValue)}\u00a0${name}`;
}

export function formatPercent(locale: Locale, ratio: number): string {
  const digits = Math.abs(ratio) >= 0.1 || ratio === 0 ? 0 : Math.abs(ratio) >= 0.01 ? 1 : 2;
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(ratio);
}

/** Writes a value with its unit; null and undefined are a dash. */
export function formatValue(locale: Locale, value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return noValue;
  const odd = special(value);
  if (odd !== null) return odd;
  switch (unit) {
    case 'bytes':
      return formatBytes(locale, value);
    case 'bytesPerSecond':
      return `${formatBytes(locale, value)}/s`;
    case 'seconds':
      return formatSeconds(locale, value);
    case 'percent':
      return formatPercent(locale, value);
    case 'perSecond':
      return `${plain(locale, value)}/s`;
    case 'timestamp':
      return formatDateTime(locale, value * 1000);
    case 'celsius':
      return `${plain(locale, value)}\u00a0°C`;
    case 'volts':
      return `${plain(locale, value)}\u00a0V`;
    case 'number':
      return plain(locale, value);
  }
}

/** Writes a whole number with group separators. */
export function formatCount(locale: Locale, value: number | null | undefined): string {
  return value === null || value === undefined ? noValue : numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

const unitNames: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** Writes a short duration such as `15m` in words: `15 minutes`. Compound ones stay as they are. */
export function formatDuration(locale: Locale, text: string): string {
  const [, amount, unit] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const name = unitNames[unit ?? ''];
  if (amount === undefined || name === undefined) return text;
  return numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(Number(amount));
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

export function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(localeTags[locale], { hourCycle: 'h23', ...options });
  dateFormats.set(key, format);
  return format;
}

export function formatDateTime(locale: Locale, ms: number, timeZone?: string): string {
  return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(ms);
}

/** Writes how long something has lasted in its largest unit: `3 days`, `45 seconds`. */
export function formatAge(locale: Locale, seconds: number): string {
  const [size, unit] = ([[86_400, 'day'], [3600, 'hour'], [60, 'minute']] as const).find(([least]) => seconds >= least) ?? ([1, 'second'] as const);
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(seconds / size));
}

const relativeSteps: [number, Intl.RelativeTimeFormatUnit][] = [
  [60, 'second'],
  [3600, 'minute'],
  [86_400, 'hour'],
  [2_592_000, 'day'],
  [31_536_000, 'month'],
  [Infinity, 'year'],
];
const relativeSizes: Partial<Record<Intl.RelativeTimeFormatUnit, number>> = {
  second: 1, minute: 60, hour: 3600, day: 86_400, month: 2_592_000, year: 31_536_000,
};

/** Writes an instant relative to now: `3 minutes ago`, `in 2 days`. */
export function formatRelative(locale: Locale, ms: number, nowMs: number): string {
  const seconds = (ms - nowMs) / 1000;
  const [, unit] = relativeSteps.find(([below]) => Math.abs(seconds) < below) ?? [0, 'year' as const];
  const amount = Math.trunc(seconds / (relativeSizes[unit] ?? 1));
  return new Intl.RelativeTimeFormat(localeTags[locale], { numeric: 'auto' }).format(amount, unit);
}
