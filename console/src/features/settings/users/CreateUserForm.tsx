import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { CreatedUser, Role } from '@/api/contracts';
import { shortestPassword } from '@/api/session';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { useUiMessages } from '@/ui/messages';
import { PasswordInput } from '@/ui/PasswordInput';
import { InlineError } from '@/ui/States';
import { fieldError, generalError } from '../fieldError';
import { useSettingsMessages } from '../messages';
import { createUser, usersQuery } from '../queries';
import { RoleSelect } from '../RoleSelect';

export function CreateUserForm({ onCreated, onCancel }: { onCreated: (created: CreatedUser) => void; onCancel: () => void }) {
  const t = useSettingsMessages();
  const ui = useUiMessages();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [password, setPassword] = useState('');
  const [byLink, setByLink] = useState(true);
  const [checked, setChecked] = useState(false);
  const create = useMutation({
    mutationFn: () => createUser({ name: name.trim(), role, password: byLink ? undefined : password }),
    onSuccess: (created) => {
      void client.invalidateQueries(usersQuery);
      onCreated(created);
    },
  });
  const nameMissing = name.trim() === '';
  const tooShort = !byLink && password.length < shortestPassword;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!nameMissing && !tooShort && !create.isPending) create.mutate();
  };
  const general = generalError(create.error, ['name', 'password']);
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      {general && <InlineError error={general} />}
      <Field label={t('name')} error={checked && nameMissing ? t('nameMissing') : fieldError(create.error, 'name')}>
        {(control) => (
          <input {...control} className="field" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <RoleSelect value={role} onChange={setRole} />
      <fieldset>
        <legend className="mb-1 font-medium">{t('users.first')}</legend>
        <div className="space-y-1.5">
          {[true, false].map((link) => (
            <label key={String(link)} className="flex items-center gap-2">
              <input type="radio" name="first-sign-in" className="size-4 accent-accent" checked={byLink === link} onChange={() => setByLink(link)} />
              {link ? t('users.byLink') : t('users.byPassword')}
            </label>
          ))}
        </div>
        {byLink && <p className="mt-1 text-xs text-ink-3">{t('users.byLinkHint')}</p>}
      </fieldset>
      {!byLink && (
        <Field
          label={t('users.password')}
          hint={t('users.passwordHint', { count: shortestPassword })}
          error={checked && tooShort ? t('users.passwordShort', { count: shortestPassword }) : fieldError(create.error, 'password')}
        >
          {(control) => <PasswordInput {...control} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />}
        </Field>
      )}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onCancel}>{ui('cancel')}</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('users.create')}
        </Button>
      </div>
    </form>
  );
}
