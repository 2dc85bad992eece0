import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { User } from '@/api/contracts';
import { shortestPassword } from '@/api/session';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { useUiMessages } from '@/ui/messages';
import { PasswordInput } from '@/ui/PasswordInput';
import { InlineError } from '@/ui/States';
import { fieldError, generalError } from '../fieldError';
import { useSettingsMessages } from '../messages';
import { changeUser } from '../queries';

export function ResetPasswordForm({ user, onDone, onCancel }: { user: User; onDone: () => void; onCancel: () => void }) {
  const t = useSettingsMessages();
  const ui = useUiMessages();
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const save = useMutation({ mutationFn: () => changeUser(user.id, { password }), onSuccess: onDone });
  const tooShort = password.length < shortestPassword;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!tooShort && !save.isPending) save.mutate();
  };
  const general = generalError(save.error, ['password']);
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <p className="text-ink-2">{t('users.resetDetail', { name: user.name })}</p>
      {general && <InlineError error={general} />}
      <Field
        label={t('users.reset')}
        hint={t('users.passwordHint', { count: shortestPassword })}
        error={checked && tooShort ? t('users.passwordShort', { count: shortestPassword }) : fieldError(save.error, 'password')}
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{ui('cancel')}</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('users.resetSave')}
        </Button>
      </div>
    </form>
  );
}
