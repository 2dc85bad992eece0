import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiProblem } from '@/api/problem';
import { choosePassword, shortestPassword } from '@/api/session';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { PasswordInput } from '@/ui/PasswordInput';
import { InlineError } from '@/ui/States';
import { useSignInMessages } from './messages';

export interface ChoosePasswordFormProps {
  name: string;
  /** The password just used; undefined when the user came by a link, or is not known to have typed it. */
  current?: string;
  /** Changes a password in use: asks for the one there is, and says so in its words. */
  changing?: boolean;
  onDone: () => Promise<unknown>;
}

const fieldOf = (error: Error | null, field: string): string | null => (error instanceof ApiProblem ? (error.errors[field] ?? null) : null);

/** Sets the user's own password: after a one-time link, after a password somebody else set, or because the user wants to. */
export function ChoosePasswordForm({ name, current, changing = false, onDone }: ChoosePasswordFormProps) {
  const t = useSignInMessages();
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [checked, setChecked] = useState(false);
  const [askCurrent, setAskCurrent] = useState(changing);
  const save = useMutation({
    mutationFn: () => choosePassword(password, askCurrent ? typed : current),
    onSuccess: onDone,
    onError: (error) => setAskCurrent((asked) => asked || fieldOf(error, 'currentPassword') !== null),
  });
  const short = password.length < shortestPassword ? t('choose.short', { count: shortestPassword }) : null;
  const differs = password !== repeated ? t('choose.differs') : null;
  const missing = askCurrent && typed === '' ? t('passwordMissing') : null;
  const refused = { current: fieldOf(save.error, 'currentPassword'), next: fieldOf(save.error, 'newPassword') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!short && !differs && !missing && !save.isPending) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      {!changing && (
        <div>
          <h1 className="text-lg font-semibold">{t('choose.title')}</h1>
          <p className="mt-1 text-ink-2">{current === undefined ? t('choose.lead', { name }) : t('choose.again')}</p>
        </div>
      )}
      {save.error && refused.current === null && refused.next === null && <InlineError error={save.error} />}
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      {askCurrent && (
        <Field label={t('choose.current')} error={(checked && missing) || refused.current}>
          {(control) => <PasswordInput {...control} autoComplete="current-password" value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
      )}
      <Field label={t('choose.new')} error={(checked && short) || refused.next} hint={t('choose.hint', { count: shortestPassword })}>
        {(control) => <PasswordInput {...control} autoFocus={!changing} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />}
      </Field>
      <Field label={t('choose.repeat')} error={checked && !short ? differs : null}>
        {(control) => <PasswordInput {...control} autoComplete="new-password" value={repeated} onChange={(event) => setRepeated(event.target.value)} />}
      </Field>
      <Button type="submit" look="primary" className={changing ? '' : 'w-full'} busy={save.isPending}>
        {changing ? t('account.submit') : t('choose.submit')}
      </Button>
    </form>
  );
}
