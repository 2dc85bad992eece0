import { useRouter, type RouterHistory } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sessionQuery, signInByLink, useSessionChanged } from '@/api/session';
import { ApiProblem } from '@/api/problem';
import { useRawSearch } from '@/lib/search';
import { ErrorState } from '@/ui/States';
import { ChoosePasswordForm } from './ChoosePasswordForm';
import { LinkRefused, LinkWorking } from './LinkStates';
import { PasswordForm } from './PasswordForm';
import { SignInFrame } from './SignInFrame';
import { useSignInMessages } from './messages';
import { linkToken, safeNext } from './nextPage';

type LinkState = 'none' | 'working' | 'refused' | Error;

/** Trades the one-time link in the address for a session, once, and takes it out of the address and the history. */
function useLinkSignIn(): [LinkState, (state: LinkState) => void] {
  const sessionChanged = useSessionChanged();
  const [state, setState] = useState<LinkState>(() => (linkToken(window.location.hash) === null ? 'none' : 'working'));
  const started = useRef(false);
  useEffect(() => {
    const token = linkToken(window.location.hash);
    if (token === null || started.current) return;
    started.current = true;
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
    signInByLink(token)
      .then(() => sessionChanged())
      .then(() => setState('none'))
      .catch((error: Error) => setState(error instanceof ApiProblem && error.status < 500 && error.status !== 429 ? 'refused' : error));
  }, [sessionChanged]);
  return [state, setState];
}

export default function SignInPage() {
  const t = useSignInMessages();
  const { history } = useRouter() as { history: RouterHistory };
  const search = useRawSearch();
  const session = useQuery({ ...sessionQuery, retry: false });
  const sessionChanged = useSessionChanged();
  const [link, setLink] = useLinkSignIn();
  // A user whose first password somebody else set has just typed it, and need not again.
  const [used, setUsed] = useState<string | undefined>();
  const mustChoose = session.data?.user.mustSetPassword === true;
  const done = Boolean(session.data) && !mustChoose && link === 'none';
  const next = safeNext(search['next']);
  useEffect(() => {
    if (done) history.replace(next);
  }, [done, next, history]);

  if (link === 'working') return <SignInFrame><LinkWorking /></SignInFrame>;
  if (link === 'refused') return <SignInFrame><LinkRefused onPassword={() => setLink('none')} /></SignInFrame>;
  if (link instanceof Error) return <SignInFrame><ErrorState error={link} onRetry={() => setLink('none')} /></SignInFrame>;
  if (session.isError) return <SignInFrame><ErrorState error={session.error} onRetry={() => void session.refetch()} /></SignInFrame>;
  if (session.isPending || done) return <SignInFrame>{null}</SignInFrame>;
  const note = search['signedOut'] ? t('signedOut') : search['next'] ? t('expired') : null;
  return (
    <SignInFrame>
      {mustChoose && session.data ? (
        <ChoosePasswordForm name={session.data.user.name} current={used} onDone={sessionChanged} />
      ) : (
        <PasswordForm
          note={note}
          onDone={(password) => {
            setUsed(password);
            return sessionChanged();
          }}
        />
      )}
    </SignInFrame>
  );
}
