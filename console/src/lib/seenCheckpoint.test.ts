import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64, utf8, type Bytes } from './bytes';
import { climb, emptyRoot, leafHash } from './merkle';
import { compareCheckpoints, keepFirst, keepSeen, readSeen } from './seenCheckpoint';

const origin = 'box.example/default';
const note = (size: number, root: Bytes, name = origin) => `${name}\n${size}\n${toBase64(root)}\n\n\u2014 ${name} ${toBase64(new Uint8Array(68))}\n`;
const [a, b] = await Promise.all(['a', 'b'].map((text) => leafHash(utf8(text)))) as [Bytes, Bytes];
const two = (await climb(0n, 2n, a, [b])).root ?? a;
const proof = { hashes: [toBase64(b)] };
const never = () => Promise.reject(new Error('No proof is needed.'));

beforeEach(() => localStorage.clear());

describe('an earlier checkpoint', () => {
  it('is found at the beginning of a log that grew', async () => {
    expect(await compareCheckpoints(note(1, a), note(2, two), () => Promise.resolve(proof))).toBe('grown');
    expect(await compareCheckpoints(note(0, await emptyRoot()), note(2, two), never)).toBe('grown');
    expect(await compareCheckpoints(note(2, two), note(2, two), never)).toBe('same');
  });

  it('is not found in a log that was rewritten', async () => {
    expect(await compareCheckpoints(note(1, b), note(2, two), () => Promise.resolve(proof))).toBe('rewritten');
    expect(await compareCheckpoints(note(1, a), note(2, two), () => Promise.resolve({ hashes: [] }))).toBe('rewritten');
    expect(await compareCheckpoints(note(2, a), note(2, two), never)).toBe('rewritten');
    expect(await compareCheckpoints(note(2, two), note(1, a), never)).toBe('shrunk');
  });

  it('is not compared with that of another log', async () => {
    expect(await compareCheckpoints(note(1, a), note(2, two, 'other'), never)).toBe('unreadable');
    expect(await compareCheckpoints('nonsense', note(2, two), never)).toBe('unreadable');
  });

  it('is kept until a comparison replaces it', () => {
    keepFirst(origin, note(1, a), 0);
    keepFirst(origin, note(2, two), 1000);
    expect(readSeen(origin)).toEqual({ note: note(1, a), at: '1970-01-01T00:00:00.000Z' });
    expect(keepSeen(origin, { note: note(2, two), at: 'later' })).toBe(true);
    expect(readSeen(origin)?.at).toBe('later');
    localStorage.setItem(`signalbox.audit.checkpoint.${origin}`, '{"note":1}');
    expect(readSeen(origin)).toBeNull();
  });
});
