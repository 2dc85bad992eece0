import { useEffect, useRef, useState } from 'react';
import { followLive } from '@/api/events';
import { jobsApi } from '@/api/jobs';
import { throttle } from '@/lib/throttle';
import { appendOutput, noOutput, type OutputState } from './outputLines';

const pageSize = 1000;
const readEveryMs = 250;
/** Without events, such as through a proxy that holds them back, the output still moves. */
const fallbackMs = 5000;

export interface LiveOutput {
  output: OutputState;
  error: Error | null;
  /** Whether everything that was there at the start has been read. */
  ready: boolean;
}

/** Reads a run's output from its start, and on as it is written while `live`. `cut` says that some of it was left out. Give the component a key of the run's id. */
export function useOutput(id: string, live: boolean, cut: boolean): LiveOutput {
  const [output, setOutput] = useState<OutputState>(noOutput);
  const [error, setError] = useState<Error | null>(null);
  const [ready, setReady] = useState(false);
  const last = useRef(-1);
  useEffect(() => {
    const abort = new AbortController();
    let reading = false;
    // Of an output that is too long, what lay in the middle was taken away again while it was written.
    if (!live && cut && last.current >= 0) {
      last.current = -1;
      setOutput(noOutput);
    }
    let again = false;
    const read = async (): Promise<void> => {
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      try {
        let full: boolean;
        do {
          again = false;
          const page = await jobsApi.output(id, last.current < 0 ? null : last.current, pageSize, abort.signal);
          last.current = Math.max(last.current, page.items.at(-1)?.seq ?? -1);
          setOutput((now) => appendOutput(now, page.items, page.complete, page.cut));
          full = !page.complete && page.items.length >= (live ? pageSize : 1);
        } while (full || again);
        setError(null);
        setReady(true);
      } catch (thrown) {
        if (!abort.signal.aborted) setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      } finally {
        reading = false;
      }
    };
    const soon = throttle(() => void read(), readEveryMs);
    soon();
    if (!live) return () => abort.abort();
    const stop = followLive([`execution:${id}`], (events, reset) => {
      if (reset || events.some((event) => event.type === 'output' || event.type === 'execution')) soon();
    });
    const timer = setInterval(soon, fallbackMs);
    return () => {
      stop();
      clearInterval(timer);
      soon.cancel();
      abort.abort();
    };
  }, [id, live, cut]);
  return { output, error, ready };
}
