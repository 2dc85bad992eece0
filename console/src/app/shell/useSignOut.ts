import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { signOut, useSessionChanged } from '@/api/session';
import { notify } from '@/ui/notice';

export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  const client = useQueryClient();
  const sessionChanged = useSessionChanged();
  return useCallback(async () => {
    try {
      // What is under way would only be refused.
      await client.cancelQueries();
      await signOut();
      await navigate({ to: '/sign-in', search: { signedOut: '1' } });
      await sessionChanged();
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
  }, [client, navigate, sessionChanged]);
}
