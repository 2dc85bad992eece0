import { useQueryClient } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { connectionStore, request } from '@/api/client';
import { liveStore } from '@/api/events';
import { useStore } from '@/lib/store';
import { useAppMessages } from '../messages';
import { refreshAll } from './actions';

const probeEveryMs = 2000;

/** A quiet bar while the server does not answer; it asks until it does and then refreshes the page's data. */
export function ConnectionBar() {
  const t = useAppMessages();
  const client = useQueryClient();
  const lost = useStore(connectionStore) === 'lost';
  // The event stream comes back by itself and then has its pages read anew.
  const silent = useStore(liveStore) === 'lost';
  useEffect(() => {
    if (!lost) return;
    // The answer itself does not matter: any answer sets the connection to ok, which ends this effect.
    const probe = () => void request('GET', '/api/v1/session').catch(() => undefined);
    const timer = setInterval(probe, probeEveryMs);
    return () => {
      clearInterval(timer);
      refreshAll(client);
    };
  }, [lost, client]);
  return (
    <div role="status">
      {(lost || silent) && (
        <div className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-warn sm:px-6">
          <WifiOff size={14} aria-hidden="true" />
          {t('lost')}
        </div>
      )}
    </div>
  );
}
