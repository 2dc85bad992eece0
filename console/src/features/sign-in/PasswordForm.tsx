import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { ApiProblem } from '@/api/problem';
import { signIn } from '@/api/session';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { PasswordInput } from '@/ui/PasswordInput';
import { InlineError } from '@/ui/States';
import { useSignInMessages } from './messages';

/** Counts down the seconds the server asked to wait. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

export function PasswordForm({ note, onDone }: { note: string | null; onDone: (password: string) => Promise<unknown> }) {
  const t = useSignInMessages();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<{ name?: boolean; password?: boolean }>({});
  const [wait, setWait] = useCountdown();
  const attempt = useMutation({
    mutationFn: () => signIn(name.trim(), password),
    onSuccess: () => onDone(password),
    onError: (error) => {
      setPassword('');
      if (error instanceof ApiProblem && error.status === 429) setWait(Math.ceil(error.retryAfterSeconds ?? 5));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const absent = { name: name.trim() === '', password: password === '' };
    setMissing(absent);
    if (!absent.name && !absent.password && wait === 0 && !attempt.isPending) attempt.mutate();
  };
  const { error } = attempt;
  const slowed = error instanceof ApiProblem && error.status === 429;
  const refused = error instanceof ApiProblem && error.code === 'sign_in_failed';
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <h1 className="text-lg font-semibold">{t('title')}</h1>
      {note && !error && <p className="rounded-md bg-info-soft px-3 py-2 text-info">{note}</p>}
      {slowed && wait > 0 && (
        <p role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
          {t('slowed', { count: wait })}
        </p>
      )}
      {refused && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {t('failed')}
        </p>
      )}
      {error && !slowed && !refused && <InlineError error={error} />}
      <Field label={t('name')} error={missing.name ? t('nameMissing') : null}>
        {(control) => (
          <input
            {...control}
            className="field"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('password')} error={missing.password ? t('passwordMissing') : null}>
        {(control) => (
          <PasswordInput {...control} name="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        )}
      </Field>
      <Button type="submit" look="primary" className="w-full" busy={attempt.isPending} disabledReason={wait > 0 && t('slowed', { count: wait })}>
        {wait > 0 ? t('slowedButton', { count: wait }) : t('submit')}
      </Button>
      <p className="text-xs text-ink-3">{t('tenantHint')}</p>
    </form>
  );
}
