/** A filter with a few values, as a person may type it: `state:failed`. */
export interface FilterField {
  id: string;
  values: readonly string[];
  /** Takes any value, those among `values` and others. */
  free?: boolean;
}

export interface FilterState {
  text: string;
  /** Chosen value by field; a field without one does not filter. */
  values: Readonly<Record<string, string>>;
}

/** A word, or `name:value` of which the value may stand in quotes. */
const token = /^([\w-]+):(?:"([^"]*)"|(\S+))$/;
const words = /[\w-]+:"[^"]*"|\S+/g;

/** The filter that a word stands for; null for a plain word. */
function readWord(word: string, fields: readonly FilterField[]): { field: FilterField; value: string } | null {
  const [, name, quoted, plain] = token.exec(word) ?? [];
  const field = fields.find((candidate) => candidate.id.toLowerCase() === name?.toLowerCase());
  const wanted = quoted ?? plain ?? '';
  if (!field || wanted.trim() === '') return null;
  const known = field.values.find((candidate) => candidate.toLowerCase() === wanted.toLowerCase());
  if (known !== undefined) return { field, value: known };
  return field.free ? { field, value: wanted.trim() } : null;
}

/** Reads `state:failed nightly` as a filter and a text; words that name no field or no value of it stay text. */
export function readFilterText(input: string, fields: readonly FilterField[]): FilterState {
  const values: Record<string, string> = {};
  const rest = (input.match(words) ?? []).filter((word) => {
    const read = readWord(word, fields);
    if (read) values[read.field.id] = read.value;
    return read === null;
  });
  return { text: rest.join(' ').trim(), values };
}

/** Writes filters in the form that is read back. */
export function writeFilterText({ text, values }: FilterState): string {
  return [...Object.entries(values).map(([id, value]) => `${id}:${/\s/.test(value) ? `"${value}"` : value}`), text].filter((part) => part !== '').join(' ');
}

/** Whether a text names a field of any value, which is then taken when the text is done rather than while it is typed. */
export const namesFreeField = (input: string, fields: readonly FilterField[]): boolean =>
  fields.some(({ id, free }) => free && new RegExp(`(^|\\s)${id}:`, 'i').test(input));
