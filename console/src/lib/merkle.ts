import { concat, sameBytes, sha256, type Bytes } from './bytes';

/*
 * Merkle trees as RFC 6962 defines them. The walks are those of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
 * Source: https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2
 */

const leafPrefix = new Uint8Array([0]);
const nodePrefix = new Uint8Array([1]);
export const hashBytes = 32;

export const leafHash = (entry: Bytes): Promise<Bytes> => sha256(concat(leafPrefix, entry));
const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concat(nodePrefix, left, right));
/** The root of a tree without leaves: the hash of nothing. */
export const emptyRoot = (): Promise<Bytes> => sha256(new Uint8Array());

/** One step up the tree: the neighbour, the side it stands on, and the hash that both make. */
export interface PathStep {
  side: 'left' | 'right';
  neighbour: Bytes;
  result: Bytes;
}

export interface Path {
  steps: PathStep[];
  /** The root that the leaf and its neighbours make; null when their number does not fit the leaf's place in the tree. */
  root: Bytes | null;
}

const isHash = (bytes: Bytes): boolean => bytes.length === hashBytes;

/** Climbs from a leaf to the root that the proof claims. */
export async function climb(index: bigint, size: bigint, leaf: Bytes, proof: readonly Bytes[]): Promise<Path> {
  const steps: PathStep[] = [];
  if (index < 0n || index >= size || ![leaf, ...proof].every(isHash)) return { steps, root: null };
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const neighbour of proof) {
    if (last === 0n) return { steps, root: null };
    const isRight = (node & 1n) === 1n || node === last;
    hash = isRight ? await nodeHash(neighbour, hash) : await nodeHash(hash, neighbour);
    steps.push({ side: isRight ? 'left' : 'right', neighbour, result: hash });
    while (isRight && (node & 1n) === 0n && node !== 0n) {
      node >>= 1n;
      last >>= 1n;
    }
    node >>= 1n;
    last >>= 1n;
  }
  return { steps, root: last === 0n ? hash : null };
}

export async function isIncluded(index: bigint, size: bigint, leaf: Bytes, proof: readonly Bytes[], root: Bytes): Promise<boolean> {
  const path = await climb(index, size, leaf, proof);
  return path.root !== null && sameBytes(path.root, root);
}

/** Whether a tree of `to` leaves starts with the `from` leaves of an earlier one. */
export async function isConsistent(from: bigint, to: bigint, fromRoot: Bytes, toRoot: Bytes, proof: readonly Bytes[]): Promise<boolean> {
  if (from < 0n || from > to || ![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot);
  // Every tree starts with the empty one, and needs no proof of it.
  if (from === 0n) return proof.length === 0 && sameBytes(fromRoot, await emptyRoot());
  let [node, last] = [from - 1n, to - 1n];
  while ((node & 1n) === 1n) {
    node >>= 1n;
    last >>= 1n;
  }
  // Of a whole tree, whose size is a power of two, the proof leaves out the root, which is known.
  const path = node === 0n ? [fromRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [old, now] = [first, first];
  for (const neighbour of rest) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      old = await nodeHash(neighbour, old);
      now = await nodeHash(neighbour, now);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else now = await nodeHash(now, neighbour);
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && sameBytes(old, fromRoot) && sameBytes(now, toRoot);
}
