import { describe, expect, it } from 'vitest';
import { foldRows, isFold } from './fold';
import { applyDiff, pointerTo, sameJson, type Json } from './json';
import { marksOf, placeOf, rowMarks } from './marks';
import { countChanges, diffRows, type DiffRow, type Line } from './rows';
import { compareTexts, shorten } from './segments';

const write = (line: Line | null) => (line === null ? '' : `${' '.repeat(line.indent)}${line.name === null ? '' : `${line.name}: `}${line.text}${line.comma ? ',' : ''}`);
const shown = (rows: readonly DiffRow[]) => rows.map((row) => `${{ same: ' ', changed: '~', removed: '-', added: '+' }[row.kind]}${write(row.left)}|${write(row.right)}`);
/** Reads one side's lines back as JSON. */
const readSide = (rows: readonly DiffRow[], side: 'left' | 'right') =>
  JSON.parse(rows.map((row) => row[side]).filter((line) => line !== null).map((line) => `${line.name === null ? '' : `${JSON.stringify(line.name)}:`}${line.text}${line.comma ? ',' : ''}`).join('')) as Json;

describe('the rows of a diff', () => {
  it('show a changed member beside its old value, and what came and went', () => {
    const rows = diffRows({ name: 'nightly', on: true, tags: ['a', 'b'] }, { name: 'nightly', on: false, tags: ['a', 'b', 'c'], zone: null });
    expect(shown(rows)).toEqual([
      ' {|{',
      '  name: "nightly",| name: "nightly",',
      '~ on: true,| on: false,',
      '  tags: [| tags: [',
      '   "a",|  "a",',
      '   "b"|  "b",',
      '+|  "c"',
      '  ]| ],',
      '+| zone: null',
      ' }|}',
    ]);
    expect(countChanges(rows)).toBe(3);
  });

  it('show what was created or deleted on one side alone', () => {
    expect(shown(diffRows(undefined, { a: [1] }))).toEqual(['+|{', '+| a: [', '+|  1', '+| ]', '+|}']);
    expect(shown(diffRows({ a: {} }, undefined))).toEqual(['-{|', '- a: {}|', '-}|']);
    expect(diffRows(undefined, undefined)).toEqual([]);
  });

  it('find an item put into a list, and one that changed inside', () => {
    const rows = diffRows([{ id: 1, x: 1 }, { id: 2, x: 2 }], [{ id: 0, x: 0 }, { id: 1, x: 1 }, { id: 2, x: 3 }]);
    expect(shown(rows).filter((row) => !row.startsWith(' '))).toEqual(['+| {', '+|  id: 0,', '+|  x: 0', '+| },', '~  x: 2|  x: 3']);
  });

  it('lay values of different shape beside each other', () => {
    expect(shown(diffRows({ a: 'x' }, { a: [1, 2] }))).toEqual([' {|{', '~ a: "x"| a: [', '+|  1,', '+|  2', '+| ]', ' }|}']);
  });

  it('hold both values whole, whatever they are', () => {
    const random = (() => {
      let seed = 42;
      return (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    })();
    const make = (depth: number): Json => {
      const kind = random(depth > 3 ? 4 : 6);
      if (kind === 4) return Array.from({ length: random(5) }, () => make(depth + 1));
      if (kind === 5) return Object.fromEntries(Array.from({ length: random(5) }, () => [`k/${random(8)}~`, make(depth + 1)]));
      return [null, true, random(9), `t${random(5)}"`][kind] ?? null;
    };
    for (let round = 0; round < 400; round++) {
      const [before, after] = [make(0), make(0)];
      const rows = diffRows(before, after);
      expect(sameJson(readSide(rows, 'left'), before)).toBe(true);
      expect(sameJson(readSide(rows, 'right'), after)).toBe(true);
      expect(countChanges(rows) === 0).toBe(sameJson(before, after));
    }
  });

  it.each([300, 6000])('find what went from a list of %i', (count) => {
    const before = { items: Array.from({ length: count }, (_, index) => ({ id: index, name: `n${index}` })) };
    const after = { items: before.items.filter((_, index) => index % 100 !== 50) };
    expect(countChanges(diffRows(before, after))).toBe((count / 100) * 4);
  });
});

describe('folding', () => {
  const rows = diffRows(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${String(i).padStart(2, '0')}`, i])), Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${String(i).padStart(2, '0')}`, i === 30 ? 'x' : i])));

  it('leaves three unchanged rows beside a change and folds the rest', () => {
    expect(foldRows(rows, new Set()).map((row) => (isFold(row) ? `${row.from}+${row.count}` : row.index))).toEqual(['0+28', 28, 29, 30, 31, 32, 33, 34, '35+27']);
  });

  it('opens what is asked for', () => {
    const opened = foldRows(rows, new Set([35]));
    expect(opened.filter(isFold).length).toBe(1);
    expect(opened.length).toBe(1 + rows.length - 28);
  });

  it('folds everything where nothing changed', () => {
    expect(foldRows(diffRows({ a: 1 }, { a: 1 }), new Set())).toEqual([{ from: 0, count: 3 }]);
  });
});

describe('applying a diff', () => {
  it('makes the new object of the old one', () => {
    const before = { a: 1, 'b/c': [1, 2, 3], gone: true };
    const diff = [{ op: 'replace', path: '/a', value: 2 }, { op: 'remove', path: '/b~1c/1' }, { op: 'add', path: '/b~1c/-', value: 9 }, { op: 'remove', path: '/gone' }, { op: 'add', path: '/new', value: { x: null } }];
    expect(applyDiff(diff, before)).toEqual({ a: 2, 'b/c': [1, 3, 9], new: { x: null } });
    expect(applyDiff([{ op: 'add', path: '', value: [1] }], undefined)).toEqual([1]);
    expect(applyDiff([{ op: 'remove', path: '' }], before)).toBeUndefined();
  });

  it.each([[{ op: 'replace', path: '/none', value: 1 }], [{ op: 'remove', path: '/a/b/c' }], [{ op: 'move', path: '/a' }], [{ op: 'remove', path: '/list/7' }]])('refuses a diff that does not fit: %j', (operation) => {
    expect(() => applyDiff([operation], { a: 1, list: [1] })).toThrow();
  });

  it('writes pointers as RFC 6901 says', () => expect(pointerTo('/a', 'b/c~d')).toBe('/a/b~1c~0d'));
});

describe('marks', () => {
  const diff = [{ op: 'replace', path: '/script', value: 'new', old: 'old' }];
  const cut = [
    { path: '/before/notes', length: 9000, sha256: 'aa', ofName: false },
    { path: '/diff/0/value', length: 8000, sha256: 'bb', ofName: false },
    { path: '/diff/0/old', length: 7000, sha256: 'cc', ofName: false },
    { path: '/data/x', length: 1, sha256: 'dd', ofName: false },
  ];

  it('are put beside the values they speak of', () => {
    const marks = marksOf({ diff, cut, redacted: [{ path: '/before/notes', rule: 'password' }] });
    const rows = diffRows({ notes: 'n', script: 'old' }, { notes: 'n', script: 'new' });
    const found = rows.map((row) => rowMarks(marks, row)).map(({ left, right }) => [left?.cut?.sha256, right?.cut?.sha256, left?.erased?.rule]);
    expect(found).toEqual([[undefined, undefined, undefined], ['aa', 'aa', 'password'], ['cc', 'bb', undefined], [undefined, undefined, undefined]]);
  });

  it('leave places outside both objects to others', () => {
    expect(placeOf('/after/a/b', diff)).toEqual({ side: 'after', pointer: '/a/b' });
    expect([placeOf('/data/x', diff), placeOf('/diff/7/value', diff), placeOf('/beforehand', diff)]).toEqual([null, null, null]);
  });
});

describe('what differs between two texts', () => {
  const plain = (segments: ReturnType<typeof shorten>) => segments.map((part) => ('omitted' in part ? `(${part.omitted})` : part.changed ? `[${part.text}]` : part.text)).join('');

  it('is marked, and long common parts are left out', () => {
    expect(compareTexts('"0 3 * * *"', '"0 4 * * *"').map(plain)).toEqual(['"0 [3] * * *"', '"0 [4] * * *"']);
    const long = 'x'.repeat(1000);
    expect(plain(compareTexts(`${long}a`, `${long}b`)[0])).toBe(`${'x'.repeat(120)}(760)${'x'.repeat(120)}[a]`);
  });

  it('never parts a character in two', () => {
    expect(compareTexts('abc😀', 'abc😁').map(plain)).toEqual(['abc[😀]', 'abc[😁]']);
  });

  it('is shortened where it is very long', () => expect(plain(shorten('y'.repeat(700)))).toBe(`${'y'.repeat(300)}(100)${'y'.repeat(300)}`));
});
