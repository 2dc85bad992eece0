/** The query that shows a metric of this kind in a useful way. */
export function suggestExpression(name: string, type: string | undefined): string {
  if (name.endsWith('_bucket') || type === 'histogram') {
    const base = name.replace(/_(bucket|sum|count)$/, '');
    return `histogram_quantile(0.95, sum by (le) (rate(${base}_bucket[5m])))`;
  }
  if (type === 'counter' || /_(total|count|sum)$/.test(name)) return `rate(${name}[5m])`;
  return name;
}

/** Adds `label="value"` to the first selector of a metric in an expression, or appends the bare selector. */
export function withMatcher(expression: string, metric: string, matcher: string): string {
  const at = new RegExp(`(?<![\\w:])${metric.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w:])(\\{[^}]*\\})?`).exec(expression);
  if (at === null) return `${metric}{${matcher}}`;
  const inner = at[1]?.slice(1, -1).trim() ?? '';
  const selector = `${metric}{${inner === '' ? matcher : `${inner},${matcher}`}}`;
  return expression.slice(0, at.index) + selector + expression.slice(at.index + at[0].length);
}
