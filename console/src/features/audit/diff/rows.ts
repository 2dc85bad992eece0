import { align } from './align';
import { isArray, isObject, pointerTo, sameJson, type Json } from './json';

/** One line of a value written as indented JSON. */
export interface Line {
  number: number;
  indent: number;
  /** The member's name; null within lists and for brackets that close. */
  name: string | null;
  /** A value or brackets. */
  text: string;
  kind: 'text' | 'other' | 'bracket';
  comma: boolean;
  /** Where the value is, as a JSON Pointer. */
  pointer: string;
}
export type RowKind = 'same' | 'changed' | 'removed' | 'added';
export interface DiffRow {
  kind: RowKind;
  left: Line | null;
  right: Line | null;
}

interface Side {
  value: Json;
  name: string | null;
  pointer: string;
  comma: boolean;
}

const noSide = undefined;

/** Lays the lines of two values side by side. */
class Writer {
  readonly rows: DiffRow[] = [];
  #left = 0;
  #right = 0;

  push(kind: RowKind, left: Omit<Line, 'number'> | null, right: Omit<Line, 'number'> | null): void {
    this.rows.push({ kind, left: left && { ...left, number: ++this.#left }, right: right && { ...right, number: ++this.#right } });
  }

  both(kind: 'same' | 'changed', left: Side, right: Side, indent: number, text: (side: Side) => string, lineKind: Line['kind']): void {
    const line = (side: Side) => ({ indent, name: side.name, text: text(side), kind: lineKind, comma: side.comma && lineKind !== 'bracket', pointer: side.pointer });
    this.push(kind, line(left), line(right));
  }

  /** A value that only one side has. */
  one(kind: 'removed' | 'added', side: Side, indent: number): void {
    for (const line of linesOf(side, indent)) this.push(kind, kind === 'removed' ? line : null, kind === 'added' ? line : null);
  }

  /** A value in place of another of a different shape: their lines beside each other. */
  replace(left: Side, right: Side, indent: number): void {
    const [old, now] = [linesOf(left, indent), linesOf(right, indent)];
    for (let index = 0; index < Math.max(old.length, now.length); index++) {
      const [a = null, b = null] = [old[index], now[index]];
      this.push(a && b ? 'changed' : a ? 'removed' : 'added', a, b);
    }
  }

  diff(left: Side | undefined, right: Side | undefined, indent: number): void {
    if (left === noSide || right === noSide) {
      if (left) this.one('removed', left, indent);
      if (right) this.one('added', right, indent);
    } else if (isObject(left.value) && isObject(right.value)) this.objects(left, right, left.value, right.value, indent);
    else if (isArray(left.value) && isArray(right.value)) this.arrays(left, right, left.value, right.value, indent);
    else if (isContainer(left.value) || isContainer(right.value)) this.replace(left, right, indent);
    else {
      const kind = typeof left.value === 'string' || typeof right.value === 'string' ? 'text' : 'other';
      this.both(sameJson(left.value, right.value) ? 'same' : 'changed', left, right, indent, (side) => JSON.stringify(side.value), kind);
    }
  }

  container(left: Side, right: Side, indent: number, [open, close]: readonly [string, string], content: () => void): void {
    this.both('same', left, right, indent, () => open, 'bracket');
    content();
    const line = (side: Side) => ({ indent, name: null, text: close, kind: 'bracket' as const, comma: side.comma, pointer: side.pointer });
    this.push('same', line(left), line(right));
  }

  objects(left: Side, right: Side, a: { readonly [name: string]: Json }, b: { readonly [name: string]: Json }, indent: number): void {
    if (Object.keys(a).length + Object.keys(b).length === 0) return this.both('same', left, right, indent, () => '{}', 'other');
    this.container(left, right, indent, ['{', '}'], () => {
      const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
      const [lastA, lastB] = [names.findLast((name) => name in a), names.findLast((name) => name in b)];
      for (const name of names) this.diff(memberOf(left, a, name, lastA), memberOf(right, b, name, lastB), indent + 1);
    });
  }

  arrays(left: Side, right: Side, a: readonly Json[], b: readonly Json[], indent: number): void {
    if (a.length + b.length === 0) return this.both('same', left, right, indent, () => '[]', 'other');
    this.container(left, right, indent, ['[', ']'], () => {
      const pairs = align(a.map((item) => JSON.stringify(item)), b.map((item) => JSON.stringify(item)));
      let gone: Side[] = [];
      let come: Side[] = [];
      const flush = () => {
        // What went and what came at one place is shown as changed where both are of a kind.
        const changed = Math.min(gone.length, come.length);
        for (let index = 0; index < changed; index++) this.diff(gone[index], come[index], indent + 1);
        gone.slice(changed).forEach((side) => this.one('removed', side, indent + 1));
        come.slice(changed).forEach((side) => this.one('added', side, indent + 1));
        [gone, come] = [[], []];
      };
      for (const [at, to] of pairs) {
        if (at !== null && to === null) gone.push(itemOf(left, a, at));
        else if (at === null && to !== null) come.push(itemOf(right, b, to));
        else if (at !== null && to !== null) {
          flush();
          this.diff(itemOf(left, a, at), itemOf(right, b, to), indent + 1);
        }
      }
      flush();
    });
  }
}

const isContainer = (value: Json): boolean => isObject(value) || isArray(value);
const memberOf = (side: Side, value: { readonly [name: string]: Json }, name: string, last: string | undefined): Side | undefined =>
  Object.hasOwn(value, name) ? { value: value[name] ?? null, name, pointer: pointerTo(side.pointer, name), comma: name !== last } : noSide;
const itemOf = (side: Side, items: readonly Json[], index: number): Side => ({ value: items[index] ?? null, name: null, pointer: pointerTo(side.pointer, index), comma: index < items.length - 1 });

/** A value on its own, line by line. */
function linesOf(side: Side, indent: number): Omit<Line, 'number'>[] {
  const { value, name, pointer, comma } = side;
  const children = isObject(value) ? Object.keys(value).sort().map((key, index, all) => memberOf(side, value, key, all[index + 1] === undefined ? key : undefined)) : isArray(value) ? value.map((_, index) => itemOf(side, value, index)) : [];
  const [open, close] = isArray(value) ? ['[', ']'] : ['{', '}'];
  if (!isContainer(value)) return [{ indent, name, text: JSON.stringify(value), kind: typeof value === 'string' ? 'text' : 'other', comma, pointer }];
  if (children.length === 0) return [{ indent, name, text: open + close, kind: 'other', comma, pointer }];
  return [
    { indent, name, text: open, kind: 'bracket', comma: false, pointer },
    ...children.flatMap((child) => (child ? linesOf(child, indent + 1) : [])),
    { indent, name: null, text: close, kind: 'bracket', comma, pointer },
  ];
}

const rootSide = (value: Json | undefined): Side | undefined => (value === undefined ? noSide : { value, name: null, pointer: '', comma: false });

/** The rows that show what became of a value; undefined stands for none. */
export function diffRows(before: Json | undefined, after: Json | undefined): DiffRow[] {
  const writer = new Writer();
  writer.diff(rootSide(before), rootSide(after), 0);
  return writer.rows;
}

/** How many rows differ. */
export const countChanges = (rows: readonly DiffRow[]): number => rows.filter((row) => row.kind !== 'same').length;
