import type { AuditCut } from '@/api/auditContracts';
import { concat, sha256, toHex, utf8, type Bytes } from '@/lib/bytes';

/** What a text or file is, compared with a value that was cut. `end`: the original but for the line end at its end. */
export type Likeness = 'same' | 'end' | 'length' | 'hash';

const withoutEnd = (bytes: Bytes): Bytes => bytes.slice(0, bytes.length - (bytes.at(-1) !== 10 ? 0 : bytes.at(-2) === 13 ? 2 : 1));

/** Compares bytes with what the record keeps of the original. */
export async function compareWith({ length, sha256: wanted }: AuditCut, bytes: Bytes): Promise<Likeness> {
  const is = async (candidate: Bytes) => candidate.length === length && toHex(await sha256(candidate)) === wanted?.toLowerCase();
  if (await is(bytes)) return 'same';
  const bare = withoutEnd(bytes);
  // Editors add a line end to a file, and forms take it away.
  for (const candidate of [bare, concat(bare, utf8('\n')), concat(bare, utf8('\r\n'))]) if (await is(candidate)) return 'end';
  return bytes.length === length ? 'hash' : 'length';
}
