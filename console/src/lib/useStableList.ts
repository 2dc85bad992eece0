import { useState } from 'react';

/** Keeps the identity of a list while its members stay the same, as a dependency of useMemo. */
export function useStableList<T>(next: readonly T[]): readonly T[] {
  const [kept, setKept] = useState(next);
  const same = kept.length === next.length && next.every((item, index) => Object.is(item, kept[index]));
  if (!same) setKept(next);
  return same ? kept : next;
}
