import { useNavigate } from '@tanstack/react-router';
import { CircleUser, LogOut } from 'lucide-react';
import { useSession } from '@/api/session';
import { shortVersion } from '@/lib/version';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/ui/Menu';
import { useAppMessages } from '../messages';
import { LanguageChoice, ThemeChoice } from './PreferenceMenus';
import { useSignOut } from './useSignOut';

export function UserMenu() {
  const t = useAppMessages();
  const session = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (!session) return null;
  const { name, role } = session.user;
  const trigger = (
    <button
      type="button"
      className="grid size-8 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent uppercase"
    >
      <span className="sr-only normal-case">{t('user.menu', { name })}</span>
      {name.slice(0, 2)}
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <div className="px-2 py-1.5">
        <div className="max-w-56 truncate font-medium">{name}</div>
        <div className="text-xs text-ink-3">{t(`role.${role}`)}</div>
      </div>
      <MenuSeparator />
      <div className="md:hidden">
        <MenuLabel>{t('language')}</MenuLabel>
        <LanguageChoice />
        <MenuSeparator />
        <MenuLabel>{t('theme')}</MenuLabel>
        <ThemeChoice />
        <MenuSeparator />
      </div>
      <MenuItem icon={<CircleUser size={15} />} onSelect={() => void navigate({ to: '/account' })}>
        {t('user.account')}
      </MenuItem>
      <MenuItem icon={<LogOut size={15} />} onSelect={() => void signOut()}>
        {t('user.signOut')}
      </MenuItem>
      <MenuSeparator />
      <div className="px-2 py-1 text-xs text-ink-3">{t('user.version', { version: shortVersion(session.version) })}</div>
    </Menu>
  );
}
