import { expect, it } from 'vitest';
import { readUnified } from './unified';

it('numbers the lines of old and new file, hunk by hunk', () => {
  const lines = readUnified('--- a/x\n+++ b/x\n@@ -3,3 +3,3 @@ function f() {\n same\n-old\n+now\n end\n@@ -20 +20,2 @@\n+more\n');
  expect(lines.map(({ kind, old, now, text }) => [kind, old, now, text])).toEqual([
    ['hunk', null, null, 'function f() {'],
    ['same', 3, 3, 'same'],
    ['removed', 4, null, 'old'],
    ['added', null, 4, 'now'],
    ['same', 5, 5, 'end'],
    ['hunk', null, null, ''],
    ['added', null, 20, 'more'],
  ]);
});

it('keeps lines that look like names of files within a hunk', () => {
  expect(readUnified('@@ -1 +1 @@\n--- a\n+++ b').map(({ kind, text }) => [kind, text])).toEqual([['hunk', ''], ['removed', '-- a'], ['added', '++ b']]);
});

it('keeps what is said beside lines', () => {
  expect(readUnified('@@ -1 +1 @@\n+x\n\\ No newline at end of file').at(-1)).toEqual({ kind: 'note', old: null, now: null, text: 'No newline at end of file' });
  expect(readUnified('diff --git a/p b/p\nBinary files a/p and b/p differ')).toEqual([{ kind: 'note', old: null, now: null, text: 'Binary files a/p and b/p differ' }]);
});

it('reads a diff that is cut within a line, and an empty one', () => {
  expect(readUnified('@@ -1,9 +1,9 @@\n same\n+ad').at(-1)?.text).toBe('ad');
  expect(readUnified('')).toEqual([]);
});
