// @vitest-environment node
import { expect, it } from 'vitest';
import { sha256, toHex, utf8 } from '@/lib/bytes';
import { compareWith } from './original';

it('tells the original from what is not', async () => {
  const original = utf8('#!/bin/sh\necho ü\n');
  const cut = { path: '/before/script', length: original.length, sha256: toHex(await sha256(original)).toUpperCase(), ofName: false };
  const likeness = (text: string) => compareWith(cut, utf8(text));
  expect(await likeness('#!/bin/sh\necho ü\n')).toBe('same');
  expect(await likeness('#!/bin/sh\necho ü')).toBe('end');
  expect(await likeness('#!/bin/sh\necho ü\r\n')).toBe('end');
  expect(await likeness('#!/bin/sh\necho ö\n')).toBe('hash');
  expect(await likeness('#!/bin/sh\n')).toBe('length');
});
