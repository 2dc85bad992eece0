import type { TimeRange } from './timeRange';

/** Where the Metrics page is; `/metrics` itself is the server's own metrics in text form. */
export const metricsPath = '/explore/metrics';

export const queryLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The search parameters of the Metrics page that show these expressions over this range. */
export function metricsSearch(expressions: readonly string[], range?: TimeRange): Record<string, string> {
  const search: Record<string, string> = {};
  expressions.forEach((expression, index) => {
    search[`q.${queryLetters[index] ?? `Q${index}`}`] = expression;
  });
  return range ? { ...search, ...range } : search;
}
