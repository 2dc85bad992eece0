import { formatSeconds, formatValue, numberFormat } from '@/lib/format';
import type { Locale } from '@/lib/locale';

/** Dollars with cents, and with more digits where cents would hide them. */
export function formatUsd(locale: Locale, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const small = value !== 0 && Math.abs(value) < 0.1;
  return numberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2, maximumFractionDigits: small ? 4 : 2 }).format(value);
}

/** A count of tokens in few figures. */
export const formatTokens = (locale: Locale, value: number | null | undefined): string => formatValue(locale, value, 'number');

export const formatDurationOf = (locale: Locale, seconds: number | null | undefined): string => (seconds === null || seconds === undefined ? '–' : formatSeconds(locale, seconds));
