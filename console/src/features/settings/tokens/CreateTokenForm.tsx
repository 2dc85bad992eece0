import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { CreatedToken, Role } from '@/api/contracts';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { useUiMessages } from '@/ui/messages';
import { InlineError } from '@/ui/States';
import { fieldError, generalError } from '../fieldError';
import { useSettingsMessages } from '../messages';
import { createToken, scopesQuery, tokensQuery } from '../queries';
import { RoleSelect } from '../RoleSelect';
import { ScopeChoice } from './ScopeChoice';

const expiries = ['7d', '30d', '90d', '365d', 'never'] as const;
type Expiry = (typeof expiries)[number];

export function CreateTokenForm({ onCreated, onCancel }: { onCreated: (created: CreatedToken) => void; onCancel: () => void }) {
  const t = useSettingsMessages();
  const ui = useUiMessages();
  const client = useQueryClient();
  const offered = useQuery(scopesQuery).data ?? [];
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [scopes, setScopes] = useState<string[] | null>(null);
  const [expiry, setExpiry] = useState<Expiry>('90d');
  const [checked, setChecked] = useState(false);
  const create = useMutation({
    mutationFn: () => createToken({ name: name.trim(), role, scopes: scopes ?? undefined, expiresIn: expiry === 'never' ? undefined : expiry }),
    onSuccess: (created) => {
      void client.invalidateQueries(tokensQuery);
      onCreated(created);
    },
  });
  const nameError = checked && name.trim() === '' ? t('nameMissing') : fieldError(create.error, 'name');
  const scopeError = checked && scopes?.length === 0 ? t('tokens.scopeMissing') : fieldError(create.error, 'scopes');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() !== '' && scopes?.length !== 0 && !create.isPending) create.mutate();
  };
  const general = generalError(create.error, ['name', 'scopes']);
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      {general && <InlineError error={general} />}
      <Field label={t('name')} hint={t('tokens.nameHint')} error={nameError}>
        {(control) => <input {...control} className="field" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <RoleSelect value={role} onChange={setRole} />
      <ScopeChoice offered={offered} value={scopes} error={scopeError} onChange={setScopes} />
      <Field label={t('tokens.expiry')} hint={expiry === 'never' ? t('tokens.neverHint') : undefined} error={fieldError(create.error, 'expiresIn')}>
        {(control) => (
          <select {...control} className="field" value={expiry} onChange={(event) => setExpiry(event.target.value as Expiry)}>
            {expiries.map((choice) => (
              <option key={choice} value={choice}>
                {t(`tokens.expires.${choice}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onCancel}>{ui('cancel')}</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('tokens.create')}
        </Button>
      </div>
    </form>
  );
}
