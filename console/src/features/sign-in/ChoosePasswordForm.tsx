import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiProblem } from '@/api/problem';
import { choosePassword, shortestPassword } from '@/api/session';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { PasswordInput } from '@/ui/PasswordInput';
import { InlineError } from '@/ui/States';
import { useSignInMessages } from './messages';

/** The step after a one-time link: a password for the next time. */
export function ChoosePasswordForm({ name, onDone }: { name: string; onDone: () => Promise<unknown> }) {
  const t = useSignInMessages();
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [checked, setChecked] = useState(false);
  const save = useMutation({ mutationFn: () => choosePassword(password), onSuccess: onDone });
  const refusedField = save.error instanceof ApiProblem ? save.error.errors['newPassword'] : undefined;
  const short = password.length < shortestPassword ? t('choose.short', { count: shortestPassword }) : null;
  const differs = password !== repeated ? t('choose.differs') : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!short && !differs && !save.isPending) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <div>
        <h1 className="text-lg font-semibold">{t('choose.title')}</h1>
        <p className="mt-1 text-ink-2">{t('choose.lead', { name })}</p>
      </div>
      {save.error && !refusedField && <InlineError error={save.error} />}
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      <Field label={t('choose.new')} error={(checked && short) || refusedField || null} hint={t('choose.hint', { count: shortestPassword })}>
        {(control) => (
          <PasswordInput {...control} autoFocus autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        )}
      </Field>
      <Field label={t('choose.repeat')} error={checked && !short ? differs : null}>
        {(control) => <PasswordInput {...control} autoComplete="new-password" value={repeated} onChange={(event) => setRepeated(event.target.value)} />}
      </Field>
      <Button type="submit" look="primary" className="w-full" busy={save.isPending}>
        {t('choose.submit')}
      </Button>
    </form>
  );
}
