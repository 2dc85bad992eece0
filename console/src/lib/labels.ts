export type LabelSet = Readonly<Record<string, string>>;

/** Writes a label set as PromQL would, labels sorted: `up{instance="a",job="b"}`. Also serves as the series' key. */
export function formatLabels(labels: LabelSet): string {
  const name = labels['__name__'] ?? '';
  const pairs = Object.keys(labels)
    .filter((key) => key !== '__name__')
    .sort()
    .map((key) => `${key}=${quote(labels[key] ?? '')}`);
  if (pairs.length === 0) return name === '' ? '{}' : name;
  return `${name}{${pairs.join(',')}}`;
}

/** Quotes a label value for PromQL. */
export function quote(value: string): string {
  return `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

/** The names of labels whose values differ (or are missing) among the sets, sorted. */
export function differingLabels(sets: readonly LabelSet[]): string[] {
  const names = new Set(sets.flatMap((set) => Object.keys(set)));
  return [...names].filter((name) => new Set(sets.map((set) => set[name])).size > 1).sort();
}

/** What to call a series among others: only what tells it apart, or the whole when it stands alone. */
export function shortSeriesName(labels: LabelSet, differing: readonly string[]): string {
  const shown = Object.fromEntries(Object.entries(labels).filter(([name]) => differing.includes(name)));
  return Object.keys(shown).length === 0 ? formatLabels(labels) : formatLabels(shown);
}
