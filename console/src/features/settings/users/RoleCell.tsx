import { roles, type Role, type User } from '@/api/contracts';
import { Tooltip } from '@/ui/Tooltip';
import { useSettingsMessages } from '../messages';

export interface RoleCellProps {
  user: User;
  /** Why the role cannot be changed, or null. */
  reason: string | null;
  onChange: (role: Role) => void;
}

/** A user's role, to be chosen where that is allowed. */
export function RoleCell({ user, reason, onChange }: RoleCellProps) {
  const t = useSettingsMessages();
  if (reason !== null) {
    return (
      <Tooltip text={reason}>
        <span tabIndex={0} className="rounded">{t(`role.${user.role}`)}</span>
      </Tooltip>
    );
  }
  return (
    <select
      className="min-h-8 rounded-md border border-line bg-surface py-0 pr-1 pl-2"
      aria-label={t('users.changeRole', { name: user.name })}
      value={user.role}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {t(`role.${role}`)}
        </option>
      ))}
    </select>
  );
}
