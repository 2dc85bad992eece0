import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { sessionQuery } from '@/api/session';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { useUiMessages } from '@/ui/messages';
import { InlineError } from '@/ui/States';
import { fieldError, generalError } from '../fieldError';
import { useSettingsMessages } from '../messages';
import { createTenant, tenantsQuery } from '../queries';

const namePattern = /^[a-z][a-z0-9-]{0,62}$/;

export function CreateTenantForm({ onDone }: { onDone: () => void }) {
  const t = useSettingsMessages();
  const ui = useUiMessages();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [checked, setChecked] = useState(false);
  const create = useMutation({
    mutationFn: () => createTenant({ name, displayName: displayName.trim() || name }),
    onSuccess: async () => {
      await Promise.all([client.invalidateQueries(tenantsQuery), client.invalidateQueries(sessionQuery)]);
      onDone();
    },
  });
  const wrong = !namePattern.test(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!wrong && !create.isPending) create.mutate();
  };
  const general = generalError(create.error, ['name', 'displayName']);
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      {general && <InlineError error={general} />}
      <Field label={t('tenants.id')} hint={t('tenants.idHint')} error={checked && wrong ? t('tenants.idWrong') : fieldError(create.error, 'name')}>
        {(control) => <input {...control} className="field font-mono" autoComplete="off" spellCheck={false} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('tenants.displayName')} error={fieldError(create.error, 'displayName')}>
        {(control) => <input {...control} className="field" placeholder={name} maxLength={100} value={displayName} onChange={(event) => setDisplayName(event.target.value)} />}
      </Field>
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onDone}>{ui('cancel')}</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('tenants.create')}
        </Button>
      </div>
    </form>
  );
}
