import { filterIds, isFiltered, isMultiple, withValue, wordOf, type AuditFilters, type FilterId } from './filters';

const idOf = (word: string): FilterId | undefined => filterIds.find((id) => id.toLowerCase() === word.toLowerCase() || wordOf[id] === word.toLowerCase());

/** A word, or `name:value` of which the value may stand in quotes. A quote within quotes is written twice. */
const token = /(?:([A-Za-z]+):)?(?:"((?:[^"]|"")*)"|([^\s"]\S*))/g;

/** Reads `actor:"Lena Hofmann" action:token.create,token.revoke grafana`; what names no filter stays text. */
export function readFilterText(input: string): AuditFilters {
  let filters: AuditFilters = { text: '', values: {} };
  const words: string[] = [];
  for (const [whole, name = '', quoted, plain] of input.matchAll(token)) {
    // A word such as `a:b` reaches the last group whole where its first part is no filter.
    const id = idOf(name);
    const value = quoted?.replaceAll('""', '"') ?? plain ?? '';
    if (id === undefined) words.push(whole);
    else for (const one of isMultiple(id) ? value.split(',') : [value]) if (one.trim() !== '') filters = withValue(filters, id, one.trim());
  }
  return { ...filters, text: words.join(' ') };
}

/** Writes filters in the form that is read back. */
export function writeFilterText(filters: AuditFilters): string {
  if (!isFiltered(filters)) return '';
  const parts = filterIds.flatMap((id) => {
    const values = filters.values[id] ?? [];
    if (values.length === 0) return [];
    const value = values.join(',');
    return [`${wordOf[id]}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value}`];
  });
  return [...parts, filters.text].filter((part) => part !== '').join(' ');
}

/** Whether a text holds a filter by name, which is then taken when the text is done rather than while it is typed. */
export const namesFilter = (input: string): boolean => [...input.matchAll(token)].some(([, name = '']) => idOf(name) !== undefined);
