import { useEffect, useRef } from 'react';
import { listenForKeys } from './hotkeys';

/** Moves among rows with j and k and opens the one that has the focus with Enter; rows are elements with `data-row` in `root`. */
export function useRowKeys(root: React.RefObject<HTMLElement | null>): void {
  const last = useRef(-1);
  useEffect(() => {
    const rows = () => [...(root.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const move = (step: 1 | -1) => {
      const all = rows();
      const focused = all.findIndex((row) => row.contains(document.activeElement));
      const from = focused >= 0 ? focused : Math.min(last.current, all.length - 1);
      const next = Math.min(Math.max(from + step, 0), all.length - 1);
      last.current = next;
      // In a list of which only a part is in the document, the next row follows when this one is scrolled to.
      all[next]?.focus({ preventScroll: true });
      all[next]?.scrollIntoView({ block: 'nearest' });
    };
    return listenForKeys(
      new Map([
        ['j', () => move(1)],
        ['k', () => move(-1)],
      ]),
    );
  }, [root]);
}
