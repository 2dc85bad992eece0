/** One line of a unified diff, with its numbers in the old and in the new file. */
export interface DiffLine {
  kind: 'hunk' | 'same' | 'added' | 'removed' | 'note';
  old: number | null;
  now: number | null;
  text: string;
}

const hunkHead = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/;

/** Reads a unified diff, which may be cut anywhere; the names of its files are left out. */
export function readUnified(diff: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let [old, now] = [0, 0];
  let inHunk = false;
  for (const line of diff.replace(/\r?\n$/, '').split(/\r?\n/)) {
    const [, oldStart, newStart, heading] = hunkHead.exec(line) ?? [];
    if (oldStart !== undefined) {
      [old, now] = [Number(oldStart), Number(newStart)];
      inHunk = true;
      lines.push({ kind: 'hunk', old: null, now: null, text: (heading ?? '').trim() });
    } else if (!inHunk) {
      // Before the first hunk stand the names, and what a tool says in place of hunks, such as that the file is binary.
      if (line !== '' && !/^(diff |index |--- |\+\+\+ |new file|deleted file|old mode|new mode|similarity|rename )/.test(line)) lines.push({ kind: 'note', old: null, now: null, text: line });
    } else if (line.startsWith('+')) lines.push({ kind: 'added', old: null, now: now++, text: line.slice(1) });
    else if (line.startsWith('-')) lines.push({ kind: 'removed', old: old++, now: null, text: line.slice(1) });
    else if (line.startsWith(' ') || line === '') lines.push({ kind: 'same', old: old++, now: now++, text: line.slice(1) });
    else lines.push({ kind: 'note', old: null, now: null, text: line.replace(/^\\ /, '') });
  }
  return lines;
}
