import type { TimelineEntry } from '@/api/runsContracts';

export const timelineGroups = ['all', 'messages', 'tools', 'problems', 'runner'] as const;
export type TimelineGroup = (typeof timelineGroups)[number];

/** An entry as a row: what a call was answered stands with the call. */
export interface TimelineRow {
  entry: TimelineEntry;
  answer: TimelineEntry | null;
  /** How many subagents deep, 0 for the agent itself. */
  depth: number;
}

const deepest = 4;

const isProblem = ({ kind, outcome }: TimelineEntry): boolean => kind === 'denial' || outcome === 'failed' || outcome === 'denied';

function belongsTo(group: TimelineGroup, { entry, answer }: TimelineRow): boolean {
  if (group === 'all') return true;
  if (group === 'messages') return entry.kind === 'text' || entry.kind === 'thinking';
  if (group === 'tools') return entry.kind === 'tool' || entry.kind === 'result';
  if (group === 'problems') return isProblem(entry) || (answer !== null && isProblem(answer));
  return ['runner', 'sample', 'session', 'note'].includes(entry.kind);
}

/** Depth of each call, and the call's answer. An answer without its call, or a call of a subagent whose own call is not there, stands alone. */
export function readRows(entries: readonly TimelineEntry[]): TimelineRow[] {
  const depths = new Map<string, number>();
  const rows: TimelineRow[] = [];
  const calls = new Map<string, TimelineRow>();
  for (const entry of entries) {
    const id = entry.toolUseId ?? null;
    const call = id === null ? undefined : calls.get(id);
    if (entry.kind === 'result' && call && call.answer === null) {
      call.answer = entry;
      continue;
    }
    const depth = entry.parentToolUseId ? Math.min((depths.get(entry.parentToolUseId) ?? 0) + 1, deepest) : 0;
    const row: TimelineRow = { entry, answer: null, depth };
    if (entry.kind === 'tool' && id !== null) {
      depths.set(id, depth);
      calls.set(id, row);
    }
    rows.push(row);
  }
  return rows;
}

const texts = ({ entry, answer }: TimelineRow): string => [entry.title, entry.detail, entry.tool, answer?.title, answer?.detail].filter(Boolean).join('\n').toLowerCase();

/** The rows of a group in which a text stands. */
export function filterRows(rows: readonly TimelineRow[], group: TimelineGroup, text: string): readonly TimelineRow[] {
  const wanted = text.trim().toLowerCase();
  if (group === 'all' && wanted === '') return rows;
  return rows.filter((row) => belongsTo(group, row) && (wanted === '' || texts(row).includes(wanted)));
}

/** How a call ended: as it or its answer tells. */
export const outcomeOf = ({ entry, answer }: TimelineRow): string | null => entry.outcome ?? answer?.outcome ?? null;
export const durationOf = ({ entry, answer }: TimelineRow): number | null => entry.durationSeconds ?? answer?.durationSeconds ?? null;
