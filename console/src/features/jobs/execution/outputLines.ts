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
  /** Whether the last line has no end yet, so that what comes next of its stream belongs to it. */
  open: boolean;
  /** Lines that went from the start because there were too many. */
  dropped: number;
  complete: boolean;
  cut: boolean;
}

/** What one page of the console holds of an output. */
export const mostLines = 20_000;

export const noOutput: OutputState = { lines: [], last: -1, open: false, dropped: 0, complete: false, cut: false };

/** A piece may begin and end within a line. */
function addPiece(lines: ShownLine[], open: boolean, piece: OutputLine): boolean {
  const parts = piece.text.split('\n');
  const last = lines.at(-1);
  parts.forEach((text, index) => {
    if (index === parts.length - 1 && text === '') return;
    if (index === 0 && open && last?.stream === piece.stream) lines[lines.length - 1] = { ...last, text: last.text + text };
    else lines.push({ key: `${piece.seq}.${index}`, stream: piece.stream, at: piece.at, text });
  });
  return piece.text === '' ? open : !piece.text.endsWith('\n');
}

/** Adds the pieces that are not there yet; what was read twice counts once. */
export function appendOutput(state: OutputState, items: readonly OutputLine[], complete: boolean, cut: boolean): OutputState {
  const fresh = items.filter((item) => item.seq > state.last);
  if (fresh.length === 0 && complete === state.complete && cut === state.cut) return state;
  const all = [...state.lines];
  let open = state.open;
  for (const item of fresh) open = addPiece(all, open, item);
  const over = Math.max(0, all.length - mostLines);
  return { lines: over > 0 ? all.slice(over) : all, last: fresh.at(-1)?.seq ?? state.last, open, dropped: state.dropped + over, complete, cut };
}

/** The output as plain text, without what a terminal would make of it. */
export function outputText(lines: readonly ShownLine[]): string {
  return lines.map((line) => `${stripAnsi(line.text)}\n`).join('');
}
