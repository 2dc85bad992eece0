import type { TimelineEntry } from '@/api/runsContracts';

export const timelineGroups = ['all', 'messages', 'tools', 'problems', 'runner'] as const;
export type TimelineGroup = (typeof timelineGroups)[number];

/** An entry with its place among subagents. */
export interface TimelineRow {
  entry: TimelineEntry;
  /** How many subagents deep, 0 for the agent itself. */
  depth: number;
}

const deepest = 4;

export const isProblem = ({ kind, outcome }: TimelineEntry): boolean => kind === 'denial' || outcome === 'failed' || outcome === 'denied';
export const isSpoken = ({ kind }: TimelineEntry): boolean => kind === 'text' || kind === 'thinking';

function belongsTo(group: TimelineGroup, entry: TimelineEntry): boolean {
  if (group === 'all') return true;
  if (group === 'messages') return isSpoken(entry) || entry.kind === 'result';
  if (group === 'tools') return entry.kind === 'tool' || entry.kind === 'denial';
  if (group === 'problems') return isProblem(entry);
  return ['runner', 'sample', 'session', 'note'].includes(entry.kind);
}

/** Entries with their depth; what belongs to a call that is not there counts as one deep. */
export function readRows(entries: readonly TimelineEntry[]): TimelineRow[] {
  const depths = new Map<string, number>();
  return entries.map((entry) => {
    const depth = entry.parentToolUseId ? Math.min((depths.get(entry.parentToolUseId) ?? 0) + 1, deepest) : 0;
    if (entry.kind === 'tool' && entry.toolUseId) depths.set(entry.toolUseId, depth);
    return { entry, depth };
  });
}

const textOf = ({ title, detail, tool }: TimelineEntry): string => [title, detail, tool].filter(Boolean).join('\n').toLowerCase();

/** The rows of a group in which a text stands. */
export function filterRows(rows: readonly TimelineRow[], group: TimelineGroup, text: string): readonly TimelineRow[] {
  const wanted = text.trim().toLowerCase();
  if (group === 'all' && wanted === '') return rows;
  return rows.filter(({ entry }) => belongsTo(group, entry) && (wanted === '' || textOf(entry).includes(wanted)));
}

/** Where a call stands, or what tells that it was refused; -1 for nowhere. */
export function placeOf(rows: readonly TimelineRow[], call: string | null): number {
  if (call === null) return -1;
  const place = rows.findIndex(({ entry }) => entry.toolUseId === call && entry.kind === 'tool');
  return place >= 0 ? place : rows.findIndex(({ entry }) => entry.toolUseId === call);
}

/** Which rows are the first of their turn; what belongs to none, such as a measurement, does not end one. */
export function turnStarts(rows: readonly TimelineRow[]): boolean[] {
  let turn: number | null = null;
  return rows.map(({ entry }) => {
    const starts = entry.turn !== null && entry.turn !== undefined && entry.turn !== turn;
    if (starts) turn = entry.turn ?? null;
    return starts;
  });
}

/** Time since the start as a stop watch shows it: `4.2 s`, `1:48`, `1:02:09`. */
export function offsetText(seconds: number): string {
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toString()}\u00a0s`;
  const two = (value: number) => String(Math.floor(value) % 60).padStart(2, '0');
  return seconds < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds)}` : `${Math.floor(seconds / 3600)}:${two(seconds / 60)}:${two(seconds)}`;
}

const firstLine = (text: string): string => text.split('\n').find((line) => line.trim() !== '')?.trim() ?? '';

export interface TimelineWords {
  /** Before the line, in its own type. */
  tool: string | null;
  line: string;
  /** After the line, quieter. */
  more: string | null;
}

/** What a closed row shows: what was said itself, a call by its tool and what it is about, anything else by its title and the first line of the rest. */
export function wordsOf(entry: TimelineEntry): TimelineWords {
  const { title, detail, tool } = entry;
  if (isSpoken(entry)) return { tool: null, line: firstLine(detail ?? '') || title, more: null };
  if (entry.kind === 'tool' && tool) return { tool, line: title === tool ? '' : title.startsWith(`${tool} `) ? title.slice(tool.length + 1) : title, more: null };
  return { tool: null, line: title, more: detail ? firstLine(detail) : null };
}

/** A tool's input for reading; any other text as it is. */
export function readable(detail: string): string {
  if (!detail.startsWith('{')) return detail;
  try {
    return JSON.stringify(JSON.parse(detail), null, 2);
  } catch {
    return detail;
  }
}
