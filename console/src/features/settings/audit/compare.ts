import { auditApi } from '@/api/audit';
import { hasCrypto } from '@/lib/bytes';
import { compareCheckpoints, keepSeen, readSeen, type Comparison } from '@/lib/seenCheckpoint';
import { inspect } from './queries';

export type CompareResult = Comparison | 'first' | 'unsigned' | 'unable';

export interface CompareOutcome {
  result: CompareResult;
  /** The checkpoints, where they contradict each other. */
  evidence: { then: string; now: string } | null;
  /** Whether the browser took the new one to remember. */
  kept: boolean;
}

const bad = (result: CompareResult): boolean => ['rewritten', 'shrunk', 'unreadable'].includes(result);

/** Compares the log as it is shown now with what this browser saw last. What contradicts is kept as it is: it is evidence. */
export async function compareWithSeen(nowMs: number): Promise<CompareOutcome> {
  const [keys, now] = await Promise.all([auditApi.keys(), auditApi.checkpoint()]);
  const { signatures } = hasCrypto() ? await inspect(now, keys) : { signatures: [] };
  const own = signatures.filter(({ kind, name }) => kind === 'log' && name === keys.origin).map(({ state }) => state);
  const end = (result: CompareResult, then: string | null = null, kept = true): CompareOutcome => ({ result, kept, evidence: bad(result) && then !== null ? { then, now } : null });
  if (!hasCrypto() || (own.length > 0 && own.every((state) => state === 'unchecked'))) return end('unable');
  if (!own.includes('good')) return end('unsigned');
  const seen = readSeen(keys.origin);
  const result = seen === null ? 'first' : await compareCheckpoints(seen.note, now, (from, to) => auditApi.consistency(from, to));
  if (bad(result)) return end(result, seen?.note ?? null);
  return end(result, null, keepSeen(keys.origin, { note: now, at: new Date(nowMs).toISOString() }));
}
