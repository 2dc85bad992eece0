import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followLive } from '@/api/events';
import { throttle } from '@/lib/throttle';

const everyMs = 1500;

/** Keeps what the runs' pages show in step with what is reported while one of them is open. */
export function useLiveRuns(): void {
  const client = useQueryClient();
  useEffect(() => {
    // What cannot be read now is read with the next event or, after a lost connection, with its return.
    const renew = throttle(() => void client.invalidateQueries({ queryKey: ['runs'], predicate: ({ queryKey }) => queryKey[1] !== 'timeline' && queryKey[1] !== 'file' }).catch(() => undefined), everyMs);
    const stop = followLive(['runs'], (events, reset) => {
      if (reset || events.some(({ type }) => type === 'run')) renew();
    });
    return () => {
      stop();
      renew.cancel();
    };
  }, [client]);
}

