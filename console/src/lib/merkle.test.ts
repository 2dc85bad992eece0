// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromBase64, sameBytes, toHex, utf8, type Bytes } from './bytes';
import { climb, emptyRoot, isConsistent, isIncluded, leafHash } from './merkle';

const folder = join(process.env['SIGNALBOX_CONFORMANCE'] ?? join(import.meta.dirname, '../../../../shared/conformance'), 'merkle');
const present = existsSync(folder);

interface Vector {
  leafIdx: number;
  treeSize: number;
  leafHash: string;
  root: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

const files = (kind: string): string[] =>
  readdirSync(join(folder, kind), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const vectors = (kind: string): [string, Vector][] =>
  present ? files(kind).map((name) => [name, JSON.parse(readFileSync(name, 'utf8')) as Vector]) : [];
const bytes = (text: string): Bytes => fromBase64(text) ?? new Uint8Array();
const proofOf = (vector: Vector) => (vector.proof ?? []).map(bytes);

describe.skipIf(!present)('the public test vectors of RFC 6962', () => {
  it('are as expected for inclusion', async () => {
    const wrong: string[] = [];
    for (const [name, vector] of vectors('inclusion')) {
      const holds = await isIncluded(BigInt(vector.leafIdx), BigInt(vector.treeSize), bytes(vector.leafHash), proofOf(vector), bytes(vector.root));
      if (holds === vector.wantErr) wrong.push(name);
    }
    expect(wrong).toEqual([]);
    expect(vectors('inclusion').length).toBeGreaterThan(20);
  });

  it('are as expected for consistency', async () => {
    const wrong: string[] = [];
    for (const [name, vector] of vectors('consistency')) {
      const holds = await isConsistent(BigInt(vector.size1), BigInt(vector.size2), bytes(vector.root1), bytes(vector.root2), proofOf(vector));
      if (holds === vector.wantErr) wrong.push(name);
    }
    expect(wrong).toEqual([]);
    expect(vectors('consistency').length).toBeGreaterThan(20);
  });
});

/** The straightforward tree of RFC 6962, section 2.1, to compare with. */
async function rootOf(leaves: readonly Bytes[]): Promise<Bytes> {
  if (leaves.length === 0) return emptyRoot();
  const [first] = leaves;
  if (first !== undefined && leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const path = await climb(0n, 2n, await rootOf(leaves.slice(0, split)), [await rootOf(leaves.slice(split))]);
  return path.root ?? new Uint8Array();
}

async function inclusion(index: number, leaves: readonly Bytes[]): Promise<Bytes[]> {
  if (leaves.length <= 1) return [];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...(await inclusion(index, left)), await rootOf(right)] : [...(await inclusion(index - split, right)), await rootOf(left)];
}

async function consistency(from: number, leaves: readonly Bytes[], whole = true): Promise<Bytes[]> {
  if (from === leaves.length) return whole ? [] : [await rootOf(leaves)];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return from <= split
    ? [...(await consistency(from, left, whole)), await rootOf(right)]
    : [...(await consistency(from - split, right, false)), await rootOf(left)];
}

const leaves = await Promise.all(Array.from({ length: 23 }, (_, index) => leafHash(utf8(`entry ${index}`))));
const flipped = (hash: Bytes | undefined): Bytes => Uint8Array.from(hash ?? [], (byte, index) => (index === 7 ? byte ^ 1 : byte));

it('hashes a leaf and the empty tree as RFC 6962 says', async () => {
  expect(toHex(await leafHash(new Uint8Array()))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(toHex(await emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it('finds every leaf of every tree, and no other in its place', async () => {
  for (let size = 1; size <= leaves.length; size++) {
    const tree = leaves.slice(0, size);
    const root = await rootOf(tree);
    for (let index = 0; index < size; index++) {
      const proof = await inclusion(index, tree);
      const leaf = tree[index] ?? new Uint8Array();
      expect(await isIncluded(BigInt(index), BigInt(size), leaf, proof, root)).toBe(true);
      expect(await isIncluded(BigInt(index), BigInt(size), flipped(leaf), proof, root)).toBe(false);
      for (let step = 0; step < proof.length; step++) {
        expect(await isIncluded(BigInt(index), BigInt(size), leaf, proof.with(step, flipped(proof[step])), root)).toBe(false);
      }
    }
  }
});

it('knows an earlier tree from one that was rewritten', async () => {
  for (let size = 1; size <= leaves.length; size++) {
    for (let from = 1; from <= size; from++) {
      const proof = await consistency(from, leaves.slice(0, size));
      const [old, now] = [await rootOf(leaves.slice(0, from)), await rootOf(leaves.slice(0, size))];
      expect(await isConsistent(BigInt(from), BigInt(size), old, now, proof)).toBe(true);
      expect(await isConsistent(BigInt(from), BigInt(size), flipped(old), now, proof)).toBe(false);
      expect(await isConsistent(BigInt(from), BigInt(size), old, flipped(now), proof)).toBe(false);
    }
  }
});

it('says on which side each neighbour stands', async () => {
  const tree = leaves.slice(0, 5);
  const { steps, root } = await climb(2n, 5n, leaves[2] ?? new Uint8Array(), await inclusion(2, tree));
  expect(steps.map((step) => step.side)).toEqual(['right', 'left', 'right']);
  expect(sameBytes(root ?? new Uint8Array(), await rootOf(tree))).toBe(true);
});
