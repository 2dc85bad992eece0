/** What a value measures; decides how axes, legends and tables write it. */
export type Unit = 'number' | 'bytes' | 'bytesPerSecond' | 'seconds' | 'percent' | 'perSecond' | 'timestamp' | 'celsius' | 'volts';
export const units: readonly Unit[] = ['number', 'bytes', 'bytesPerSecond', 'seconds', 'percent', 'perSecond', 'timestamp', 'celsius', 'volts'];

const rateFunction = /\b(rate|irate|deriv|idelta)\s*\(/;
const wordPattern = /[a-zA-Z_:][a-zA-Z0-9_:]*/g;

function ofName(name: string): Unit | null {
  if (/(_timestamp_seconds|_(start|boot)_time_seconds|_created)$/.test(name)) return 'timestamp';
  const base = name.replace(/_(total|sum)$/, '');
  if (/_(bucket|count|info)$/.test(name)) return null;
  if (base.endsWith('_bytes')) return 'bytes';
  if (base.endsWith('_seconds')) return 'seconds';
  if (base.endsWith('_ratio')) return 'percent';
  if (base.endsWith('_celsius')) return 'celsius';
  if (base.endsWith('_volts')) return 'volts';
  return null;
}

/**
 * Guesses the unit of an expression from the metric names in it, by the naming rules of Prometheus. A quotient of two
 * like units has none, and anything uncertain is a plain number.
 */
export function unitOf(expression: string): Unit {
  const bare = expression.replace(/#.*$/gm, '').replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '""');
  if (/\bhistogram_quantile\s*\(/.test(bare)) {
    const bucket = /([a-zA-Z_:][a-zA-Z0-9_:]*?)(_bucket)?\b\s*[{[)]/g;
    for (const [, name] of bare.matchAll(bucket)) {
      const unit = ofName(name ?? '');
      if (unit !== null) return unit;
    }
  }
  const withoutGrouping = bare.replace(/\{[^}]*\}/g, '').replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '');
  if (/^\s*(count|group|absent|changes|resets)\b/.test(withoutGrouping)) return 'number';
  if (/[*^%]|==|!=|[<>]/.test(withoutGrouping)) return 'number';
  const found = (withoutGrouping.match(wordPattern) ?? []).map(ofName).filter((unit) => unit !== null);
  const unit = found[0];
  if (withoutGrouping.includes('/')) return found.length >= 2 && rateFunction.test(bare) && unit === 'seconds' ? 'seconds' : 'number';
  if (unit === undefined) return rateFunction.test(bare) ? 'perSecond' : 'number';
  if (!rateFunction.test(bare)) return unit;
  if (unit === 'bytes') return 'bytesPerSecond';
  return unit === 'seconds' ? 'number' : 'perSecond';
}
