import { families, seriesOf, wave, type FakeSeries } from './fakeSeries.ts';

type Labels = Record<string, string>;

export class FakeQueryError extends Error {}

function matches(labels: Labels, selector: string): boolean {
  return [...selector.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].every(([, name, operator, value]) => {
    const actual = labels[name ?? ''] ?? '';
    const pattern = new RegExp(`^(?:${value ?? ''})$`);
    if (operator === '=') return actual === value;
    if (operator === '!=') return actual !== value;
    return operator === '=~' ? pattern.test(actual) : !pattern.test(actual);
  });
}

function checkBrackets(query: string): void {
  const open: number[] = [];
  for (let i = 0; i < query.length; i++) {
    if (query[i] === '(') open.push(i);
    if (query[i] === ')' && open.pop() === undefined) throw new FakeQueryError(`1:${i + 1}: parse error: unexpected right parenthesis`);
  }
  if (open.length > 0) throw new FakeQueryError(`1:${query.length + 1}: parse error: unclosed left parenthesis`);
}

/** Answers any query with something that looks right: finds the metric, filters, and groups by what the query names. */
export function evaluate(query: string): FakeSeries[] {
  checkBrackets(query);
  const names = families.map((family) => family.name);
  const found = (query.match(/[a-zA-Z_:][\w:]*/g) ?? []).filter((word) => names.includes(word));
  const name = found[0];
  if (name === undefined) return /^[\d.]+$/.test(query.trim()) ? [{ labels: {}, at: () => Number(query) }] : [];
  const selector = /\{([^}]*)\}/.exec(query.slice(query.indexOf(name)))?.[1] ?? '';
  let series = seriesOf(name).filter((one) => matches(one.labels, selector));
  if (/histogram_quantile/.test(query)) {
    const q = Number(/histogram_quantile\(\s*([\d.]+)/.exec(query)?.[1] ?? '0.5');
    return [{ labels: {}, at: (s) => 0.003 * (1 + q * q * 14) * (1 + 0.3 * wave(`q${q}`, s)) }];
  }
  const by = /\bby\s*\(([^)]*)\)/.exec(query)?.[1]?.split(',').map((part) => part.trim());
  if (/\b(sum|avg|max|min|count)\b/.test(query)) {
    const groups = new Map<string, { labels: Labels; members: FakeSeries[] }>();
    for (const one of series) {
      const labels = Object.fromEntries(Object.entries(one.labels).filter(([key]) => by?.includes(key)));
      const group = groups.get(JSON.stringify(labels)) ?? { labels, members: [] };
      group.members.push(one);
      groups.set(JSON.stringify(labels), group);
    }
    const mean = /\bavg\b/.test(query) ? 1 : 0;
    const isCount = /^\s*count\b/.test(query);
    series = [...groups.values()].map(({ labels, members }) => ({
      labels,
      at: (s) => (isCount ? members.length : members.reduce((sum, one) => sum + one.at(s), 0) / (mean ? members.length : 1)),
    }));
    const depth = /count\s*\(\s*count/.test(query);
    if (depth) series = [{ labels: {}, at: () => 4 }];
  } else if (/\b(rate|irate|increase)\b/.test(query)) {
    series = series.map(({ labels, at }) => ({ labels: Object.fromEntries(Object.entries(labels).filter(([key]) => key !== '__name__')), at }));
  } else if (/_total$/.test(name)) {
    series = series.map(({ labels, at }) => ({ labels, at: (s) => (s - 1.7e9) * at(0) }));
  }
  const second = found.find((other) => other !== name);
  if (second !== undefined && /[-/]/.test(query)) {
    const other = seriesOf(second);
    series = series.map(({ labels, at }, i) => ({
      labels: Object.fromEntries(Object.entries(labels).filter(([key]) => key !== '__name__')),
      at: (s) => (/1\s*-/.test(query) ? 1 - at(s) / (other[i]?.at(s) ?? 1) : query.includes('/') ? at(s) / (other[i]?.at(s) ?? 1) : Math.abs(at(s) - (other[i]?.at(s) ?? 0))),
    }));
  }
  return series;
}
