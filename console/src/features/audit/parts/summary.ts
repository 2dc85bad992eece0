import type { AuditEvent } from '@/api/auditContracts';
import { isObject, partsOf } from '../diff/json';

/** What an event changed, for one line of a list. */
export type Summary =
  | { kind: 'none' }
  | { kind: 'reasons'; text: string }
  | { kind: 'gap'; count: number }
  | { kind: 'created'; names: string[] }
  | { kind: 'deleted' }
  | { kind: 'changed'; changes: { name: string; old: string | null; now: string | null }[]; more: number };

const shown = 2;
const longest = 40;

/** A value in few letters. */
function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

export function summaryOf({ class: kind, outcome, reasons, diff, data }: AuditEvent): Summary {
  if (kind === 'gap' && typeof data?.['count'] === 'number') return { kind: 'gap', count: data['count'] };
  if (outcome !== 'succeeded' && reasons.length > 0) return { kind: 'reasons', text: reasons.join(' · ') };
  const [first] = diff;
  if (!first) return { kind: 'none' };
  if (first.path === '' && diff.length === 1) {
    if (first.op === 'remove') return { kind: 'deleted' };
    return isObject(first.value) ? { kind: 'created', names: Object.keys(first.value) } : { kind: 'none' };
  }
  const changes = diff.slice(0, shown).map(({ op, path, value, old }) => ({
    name: partsOf(path).join('.'),
    old: op === 'add' || old === undefined ? null : brief(old),
    now: op === 'remove' || value === undefined ? null : brief(value),
  }));
  return { kind: 'changed', changes, more: diff.length - changes.length };
}
