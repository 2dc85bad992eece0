import { fromBase64, sameBytes } from './bytes';
import { isConsistent } from './merkle';
import { readCheckpoint, readNote, type Checkpoint } from './signedNote';

/** The last checkpoint of a log that this browser checked and kept. */
export interface SeenCheckpoint {
  note: string;
  /** RFC 3339. */
  at: string;
}

const keyOf = (origin: string) => `signalbox.audit.checkpoint.${origin}`;

export function readSeen(origin: string): SeenCheckpoint | null {
  try {
    const seen = JSON.parse(localStorage.getItem(keyOf(origin)) ?? 'null') as Partial<SeenCheckpoint> | null;
    return typeof seen?.note === 'string' && typeof seen.at === 'string' ? { note: seen.note, at: seen.at } : null;
  } catch {
    return null;
  }
}

/** Keeps a checkpoint; false where the browser refuses storage. */
export function keepSeen(origin: string, seen: SeenCheckpoint): boolean {
  try {
    localStorage.setItem(keyOf(origin), JSON.stringify(seen));
    return true;
  } catch {
    return false;
  }
}

/** Keeps a checkpoint that was found signed, unless one is kept already: that one only a comparison may replace. */
export function keepFirst(origin: string, note: string, nowMs: number): void {
  if (readSeen(origin) === null) keepSeen(origin, { note, at: new Date(nowMs).toISOString() });
}

export interface ConsistencyHashes {
  hashes: readonly string[];
}

/**
 * How a log stands to an earlier state of it. `same`: nothing came. `grown`: it begins with the earlier one, unchanged.
 * `rewritten`: it does not. `shrunk`: it is shorter than it was. `unreadable`: one of both is no checkpoint of this log.
 */
export type Comparison = 'same' | 'grown' | 'rewritten' | 'shrunk' | 'unreadable';

const checkpointOf = (note: string): Checkpoint | null => {
  const read = readNote(note);
  return read && readCheckpoint(read.text);
};

/** Compares two states of a log; `prove` asks the server for the proof between two sizes. */
export async function compareCheckpoints(earlier: string, now: string, prove: (from: number, to: number) => Promise<ConsistencyHashes>): Promise<Comparison> {
  const [old, current] = [checkpointOf(earlier), checkpointOf(now)];
  if (old === null || current === null || old.origin !== current.origin) return 'unreadable';
  if (old.size > current.size) return 'shrunk';
  if (old.size === current.size) return sameBytes(old.root, current.root) ? 'same' : 'rewritten';
  // The server refuses proofs from an empty log, which nothing can contradict.
  const { hashes } = old.size === 0n ? { hashes: [] } : await prove(Number(old.size), Number(current.size));
  const proof = hashes.map((hash) => fromBase64(hash) ?? new Uint8Array());
  return (await isConsistent(old.size, current.size, old.root, current.root, proof)) ? 'grown' : 'rewritten';
}
