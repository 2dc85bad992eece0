export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export const isObject = (value: unknown): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isArray = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** Whether two values are the same JSON, whatever the order of their members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}

/** Adds a part to a JSON Pointer. Source: https://www.rfc-editor.org/rfc/rfc6901 */
export const pointerTo = (pointer: string, part: string | number): string => `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

export const partsOf = (pointer: string): string[] => pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** An operation of RFC 6902, as far as the audit log writes them. */
export interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

function place(target: Json, parts: readonly string[], change: (parent: Json, part: string) => Json): Json {
  const [part, ...rest] = parts;
  if (part === undefined) throw new Error('A patch names no place.');
  if (rest.length === 0) return change(target, part);
  if (isArray(target)) return target.with(Number(part), place(target[Number(part)] ?? null, rest, change));
  if (isObject(target) && Object.hasOwn(target, part)) return { ...target, [part]: place(target[part] ?? null, rest, change) };
  throw new Error(`A patch names a place that is not there: ${part}.`);
}

function changeAt({ op, value }: Operation): (parent: Json, part: string) => Json {
  return (parent, part) => {
    const next = value as Json;
    if (isArray(parent)) {
      const index = part === '-' ? parent.length : Number(part);
      if (!Number.isInteger(index) || index < 0 || index > parent.length - (op === 'add' ? 0 : 1)) throw new Error(`A patch names item ${part}, which is not there.`);
      if (op === 'replace') return parent.with(index, next);
      return op === 'add' ? parent.toSpliced(index, 0, next) : parent.toSpliced(index, 1);
    }
    if (!isObject(parent) || (op !== 'add' && !Object.hasOwn(parent, part))) throw new Error(`A patch names ${part}, which is not there.`);
    if (op === 'remove') return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== part));
    return { ...parent, [part]: next };
  };
}

/** What a diff makes of the old value; undefined stands for none. Throws when the diff does not fit. Source: https://www.rfc-editor.org/rfc/rfc6902 */
export function applyDiff(diff: readonly Operation[], before: Json | undefined): Json | undefined {
  let value = before;
  for (const operation of diff) {
    if (!['add', 'remove', 'replace'].includes(operation.op)) throw new Error(`A patch has the operation ${operation.op}.`);
    if (operation.path === '') value = operation.op === 'remove' ? undefined : (operation.value as Json);
    else value = place(value ?? null, partsOf(operation.path), changeAt(operation));
  }
  return value;
}
