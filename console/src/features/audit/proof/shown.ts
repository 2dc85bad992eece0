import type { AuditEventDetail } from '@/api/auditContracts';
import { applyDiff, isObject, sameJson, type Json } from '../diff/json';

/** Members of the stored entry that the API hands out under the same name. */
const members = [
  'id', 'tenant', 'class', 'actor', 'onBehalfOf', 'reporter', 'action', 'resource', 'outcome', 'policyId', 'decisionId', 'reasons', 'requestId', 'traceId', 'address', 'peer',
  'addressChain', 'userAgent', 'source', 'message', 'before', 'diff', 'redacted', 'data',
] as const;

/** Absent, null and empty mean the same: the stored entry leaves out what there is nothing of. */
function tidy(value: unknown): unknown {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

/** Texts that are the same instant, however it is written. */
const sameInstant = (a: unknown, b: unknown): boolean => tidy(a) === tidy(b) || (typeof a === 'string' && typeof b === 'string' && Date.parse(a) === Date.parse(b));

/** The members in which what is shown differs from the stored entry; null when the bytes are no entry. */
export function differences(shown: AuditEventDetail, entry: Uint8Array): string[] | null {
  let stored: unknown;
  try {
    stored = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(entry));
  } catch {
    return null;
  }
  if (!isObject(stored)) return null;
  // Within objects of the user's own, null is a value like any other.
  const exact = new Set<string>(['before', 'diff', 'data']);
  const entryMembers: Readonly<Record<string, Json | undefined>> = stored;
  const differing: string[] = members.filter((name) => {
    const [a, b] = [shown[name], entryMembers[name]];
    return exact.has(name) && tidy(a) !== undefined && tidy(b) !== undefined ? !sameJson(a, b) : !sameJson(tidy(a), tidy(b));
  });
  if (!isCutRight(shown, entryMembers['cut'])) differing.push('cut');
  if (!sameInstant(shown.time, entryMembers['time'])) differing.push('time');
  if (!sameInstant(shown.occurredAt, entryMembers['occurredAt'])) differing.push('occurredAt');
  if (!isAfterRight(shown, entryMembers)) differing.push('after');
  return differing;
}

/** The stored entry says of a cut name what it is of, the API whether it is of a name. */
function isCutRight({ cut }: AuditEventDetail, stored: Json | undefined): boolean {
  const written = Array.isArray(stored) ? (stored as readonly Json[]) : [];
  const told = written.map((one) => isObject(one) && { path: one['path'], length: one['length'], sha256: one['sha256'] ?? null, ofName: one['of'] === 'name' });
  return sameJson(told, cut.map(({ path, length, sha256, ofName }) => ({ path, length, sha256: sha256 ?? null, ofName: ofName })));
}

/** The new object is not stored: it is what the diff makes of the old one. */
function isAfterRight(shown: AuditEventDetail, entry: Readonly<Record<string, Json | undefined>>): boolean {
  if (shown.after === null || shown.after === undefined) return true;
  const diff = entry['diff'];
  try {
    return sameJson(applyDiff(Array.isArray(diff) ? (diff as { op: string; path: string }[]) : [], entry['before']), shown.after);
  } catch {
    return false;
  }
}
