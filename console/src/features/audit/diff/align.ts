/** A pair of positions in two lists: both for what stays, one for what came or went. */
export type Pair = readonly [left: number | null, right: number | null];

/** Beyond this many comparisons lists are aligned by looking ahead, which is quick and nearly as good. */
const mostComparisons = 8_000_000;
const lookAhead = 256;

function common(left: readonly string[], right: readonly string[]): Pair[] {
  const [rows, columns] = [left.length, right.length];
  const lengths = new Uint16Array((rows + 1) * (columns + 1));
  const at = (row: number, column: number) => lengths[row * (columns + 1) + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * (columns + 1) + column] = left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    if (left[row] === right[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) pairs.push([row++, null]);
    else pairs.push([null, column++]);
  }
  while (row < rows) pairs.push([row++, null]);
  while (column < columns) pairs.push([null, column++]);
  return pairs;
}

/** Takes for each item the next of its kind that is not far. */
function nearest(left: readonly string[], right: readonly string[]): Pair[] {
  const places = new Map<string, number[]>();
  right.forEach((text, index) => (places.get(text) ?? places.set(text, []).get(text))?.push(index));
  const pairs: Pair[] = [];
  let next = 0;
  left.forEach((text, index) => {
    const found = places.get(text)?.find((place) => place >= next);
    if (found === undefined || found - next > lookAhead) return pairs.push([index, null]);
    while (next < found) pairs.push([null, next++]);
    return pairs.push([index, next++]);
  });
  while (next < right.length) pairs.push([null, next++]);
  return pairs;
}

/** Aligns two lists of texts so that as many as possible stay in place. */
export function align(left: readonly string[], right: readonly string[]): Pair[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const [middleLeft, middleRight] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  const middle = (middleLeft.length * middleRight.length <= mostComparisons ? common : nearest)(middleLeft, middleRight);
  return [
    ...Array.from({ length: start }, (_, index): Pair => [index, index]),
    ...middle.map(([a, b]): Pair => [a === null ? null : a + start, b === null ? null : b + start]),
    ...Array.from({ length: end }, (_, index): Pair => [left.length - end + index, right.length - end + index]),
  ];
}
