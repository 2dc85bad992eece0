import type { OutputLine } from '@/api/jobsContracts';
import { stripAnsi } from '@/lib/ansi';

export interface ShownLine {
  key: string;
  stream: 'out' | 'err';
  at: string;
  text: string;
}

export interface OutputState {
  lines: readonly ShownLine[];
  /** Sequence number of the last piece that was taken in. */
  last: number;
  /** Lines that went from the start because there were too many. */
  dropped: number;
  complete: boolean;
  cut: boolean;
}

/** What one page of the console holds of an output. */
export const mostLines = 20_000;

export const noOutput: OutputState = { lines: [], last: 0, dropped: 0, complete: false, cut: false };

function linesOf(piece: OutputLine): ShownLine[] {
  const text = piece.text.endsWith('\n') ? piece.text.slice(0, -1) : piece.text;
  return text.split('\n').map((line, index) => ({ key: `${piece.seq}.${index}`, stream: piece.stream, at: piece.at, text: line }));
}

/** Adds the pieces that are not there yet; what was read twice counts once. */
export function appendOutput(state: OutputState, items: readonly OutputLine[], complete: boolean, cut: boolean): OutputState {
  const fresh = items.filter((item) => item.seq > state.last);
  if (fresh.length === 0 && complete === state.complete && cut === state.cut) return state;
  const all = [...state.lines, ...fresh.flatMap(linesOf)];
  const over = Math.max(0, all.length - mostLines);
  return { lines: over > 0 ? all.slice(over) : all, last: fresh.at(-1)?.seq ?? state.last, dropped: state.dropped + over, complete, cut };
}

/** The output as plain text, without what a terminal would make of it. */
export function outputText(lines: readonly ShownLine[]): string {
  return lines.map((line) => `${stripAnsi(line.text)}\n`).join('');
}
