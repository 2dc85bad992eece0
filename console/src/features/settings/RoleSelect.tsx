import { roles, type Role } from '@/api/contracts';
import { Field } from '@/ui/Field';
import { useSettingsMessages } from './messages';

export function RoleSelect({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const t = useSettingsMessages();
  return (
    <Field label={t('role')} hint={t(`roleHint.${value}`)}>
      {(control) => (
        <select {...control} className="field" value={value} onChange={(event) => onChange(event.target.value as Role)}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
