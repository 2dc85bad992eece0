import { stringifySearch } from './search';
import type { TimeRange } from './timeRange';

export const queryLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The search parameters of the Metrics page that show these expressions over this range. */
export function metricsSearch(expressions: readonly string[], range?: TimeRange): Record<string, string> {
  const search: Record<string, string> = {};
  expressions.forEach((expression, index) => {
    search[`q.${queryLetters[index] ?? `Q${index}`}`] = expression;
  });
  return range ? { ...search, ...range } : search;
}

export function metricsHref(expressions: readonly string[], range?: TimeRange): string {
  return `/metrics${stringifySearch(metricsSearch(expressions, range))}`;
}
