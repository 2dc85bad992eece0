import { useCallback, useEffect, useRef, useState } from 'react';
import { followLive } from '@/api/events';
import { throttle } from '@/lib/throttle';
import type { TimeRange } from '@/lib/timeRange';
import { readNewest } from '../queries';
import type { AuditFilters } from './filters';
import { add, noRows, type LiveBuffer } from './liveBuffer';
import { passes, toldEvent } from './matches';

const readEveryMs = 1000;

export interface LiveTail {
  buffer: LiveBuffer;
  /** Told whether the reader looks at the newest rows; further down, new ones wait. */
  onTop: (atTop: boolean) => void;
  /** Shows what waits. */
  release: () => void;
}

/** Follows the audit log while `on`; `newest` is the newest row that was read before. */
export function useLiveTail(on: boolean, filters: AuditFilters, range: TimeRange, newest: number | undefined): LiveTail {
  const [state, setState] = useState<{ of: unknown; buffer: LiveBuffer }>({ of: null, buffer: noRows });
  const paused = useRef(false);
  const read = useRef(newest);
  useEffect(() => {
    read.current = newest;
  });
  useEffect(() => {
    if (!on) return;
    const abort = new AbortController();
    const change = (next: (buffer: LiveBuffer) => LiveBuffer) =>
      setState((now) => {
        const buffer = now.of === filters ? now.buffer : noRows;
        const changed = next(buffer);
        return changed === buffer && now.of === filters ? now : { of: filters, buffer: changed };
      });
    // What happened between reading the list and the first event, or while the stream was gone, is read once more.
    const catchUp = throttle(() => {
      readNewest(filters, range, abort.signal).then(
        ({ items, next }) => {
          const oldest = items.at(-1)?.sequence ?? 0;
          change((buffer) => {
            const known = buffer.rows[0]?.sequence ?? read.current ?? -1;
            const apart = next !== null && oldest > known;
            return apart ? { ...noRows, rows: items, truncated: true } : add(buffer, items, paused.current);
          });
        },
        // What cannot be read now is read with the next event or with the return of the stream.
        () => undefined,
      );
    }, readEveryMs);
    catchUp();
    const stop = followLive(['audit'], (events, reset) => {
      const told = events.map(({ type, data }) => (type === 'audit' ? toldEvent(data) : null)).filter((event) => event !== null);
      const fresh = told.filter((event) => passes(filters, event));
      if (reset || (filters.text !== '' && fresh.length > 0)) catchUp();
      if (filters.text === '' && fresh.length > 0) change((buffer) => add(buffer, fresh, paused.current));
    });
    const once = setTimeout(catchUp, readEveryMs);
    return () => {
      stop();
      clearTimeout(once);
      catchUp.cancel();
      abort.abort();
    };
  }, [on, filters, range]);
  const release = useCallback(() => {
    paused.current = false;
    setState((now) => ({ ...now, buffer: add(now.buffer, [], false) }));
  }, []);
  const onTop = useCallback(
    (atTop: boolean) => {
      paused.current = !atTop;
      if (atTop) release();
    },
    [release],
  );
  return { buffer: on && state.of === filters ? state.buffer : noRows, onTop, release };
}
