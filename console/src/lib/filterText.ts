/** A filter with a few values, as a person may type it: `state:failed`. */
export interface FilterField {
  id: string;
  values: readonly string[];
}

export interface FilterState {
  text: string;
  /** Chosen value by field; a field without one does not filter. */
  values: Readonly<Record<string, string>>;
}

/** Reads `state:failed nightly` as a filter and a text; words that name no field or no value of it stay text. */
export function readFilterText(input: string, fields: readonly FilterField[]): FilterState {
  const values: Record<string, string> = {};
  const words = input.split(/\s+/).filter((word) => {
    const [, name, wanted] = /^([\w-]+):(\S+)$/.exec(word) ?? [];
    const field = fields.find((candidate) => candidate.id.toLowerCase() === name?.toLowerCase());
    const value = field?.values.find((candidate) => candidate.toLowerCase() === wanted?.toLowerCase());
    if (!field || value === undefined) return true;
    values[field.id] = value;
    return false;
  });
  return { text: words.join(' ').trim(), values };
}

/** Writes filters in the form that is read back. */
export function writeFilterText({ text, values }: FilterState): string {
  return [...Object.entries(values).map(([id, value]) => `${id}:${value}`), text].filter((part) => part !== '').join(' ');
}
