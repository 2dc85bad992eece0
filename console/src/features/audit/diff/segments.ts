/** A part of a line: unchanged, changed, or left out (with how many characters). */
export type Segment = { text: string; changed: boolean } | { omitted: number };

const keep = 120;
const longest = 600;

function middle(text: string, room: number): Segment[] {
  if (text.length <= room * 2 + 40) return text === '' ? [] : [{ text, changed: false }];
  return [{ text: text.slice(0, room), changed: false }, { omitted: text.length - room * 2 }, { text: text.slice(-room), changed: false }];
}

/** Whether a cut at this place would part the two halves of one character. */
const splits = (text: string, at: number): boolean => /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));

/** Shows of a long text its start and its end. */
export const shorten = (text: string): Segment[] => (text.length <= longest ? [{ text, changed: false }] : middle(text, longest / 2));

/** Marks what differs between two lines, and leaves out most of what they share when that is long. */
export function compareTexts(old: string, now: string): [Segment[], Segment[]] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  if (splits(old, start) || splits(now, start)) start--;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  if (splits(old, old.length - end) || splits(now, now.length - end)) end--;
  // With next to nothing in common, marks on single letters would only confuse.
  if (start + end < 3 && old.length + now.length > 12) return [[{ text: old, changed: true }], [{ text: now, changed: true }]].map((all) => all.flatMap(cutChanged)) as [Segment[], Segment[]];
  const side = (text: string): Segment[] => [...middle(text.slice(0, start), keep), ...cutChanged({ text: text.slice(start, text.length - end), changed: true }), ...middle(text.slice(text.length - end), keep)];
  return [side(old), side(now)];
}

function cutChanged(segment: { text: string; changed: boolean }): Segment[] {
  const { text, changed } = segment;
  if (text.length <= longest * 2) return text === '' ? [] : [segment];
  return [{ text: text.slice(0, longest), changed }, { omitted: text.length - longest * 2 }, { text: text.slice(-longest), changed }];
}
