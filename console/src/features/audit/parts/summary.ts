import type { AuditEvent } from '@/api/auditContracts';
import { isObject, partsOf } from '../diff/json';

/** What an event changed, for one line of a list. */
export type Summary =
  | { kind: 'none' }
  | { kind: 'reasons'; text: string }
  | { kind: 'gap'; count: number }
  | { kind: 'created'; members: { name: string; now: string }[]; more: number }
  | { kind: 'deleted' }
  | { kind: 'changed'; changes: { name: string; old: string | null; now: string | null }[]; more: number };

const shown = 2;
const longest = 40;

/** A value in few letters. */
function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Members that every new object has and that tell nothing of it. */
const usual = new Set(['id', 'createdAt', 'createdBy', 'version']);

/** What a new object is, by those of its members that say something of it in a word. */
function created(value: Readonly<Record<string, unknown>>, resourceName: string): Summary {
  const telling = Object.entries(value).filter(([name, member]) => !usual.has(name) && member !== resourceName && ['string', 'number', 'boolean'].includes(typeof member) && member !== '');
  return { kind: 'created', members: telling.slice(0, shown).map(([name, member]) => ({ name, now: brief(member) })), more: Math.max(0, telling.length - shown) };
}

export function summaryOf({ class: kind, outcome, reasons, resource, diff, data }: AuditEvent): Summary {
  if (kind === 'gap' && typeof data?.['count'] === 'number') return { kind: 'gap', count: data['count'] };
  if (outcome !== 'succeeded' && reasons.length > 0) return { kind: 'reasons', text: reasons.join(' · ') };
  const [first] = diff;
  if (!first) return { kind: 'none' };
  if (first.path === '' && diff.length === 1) {
    if (first.op === 'remove') return { kind: 'deleted' };
    return isObject(first.value) ? created(first.value, resource.name) : { kind: 'none' };
  }
  const changes = diff.slice(0, shown).map(({ op, path, value, old }) => ({
    name: partsOf(path).join('.'),
    old: op === 'add' || old === undefined ? null : brief(old),
    now: op === 'remove' || value === undefined ? null : brief(value),
  }));
  return { kind: 'changed', changes, more: diff.length - changes.length };
}
