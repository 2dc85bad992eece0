import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Clock, Keyboard, Languages, Link2, LogOut, RefreshCw, SunMoon, type LucideIcon } from 'lucide-react';
import { localeNames, locales, localeStore, useLocale } from '@/lib/locale';
import { useRawSearch } from '@/lib/search';
import { themes, themeStore } from '@/lib/theme';
import { useTimeControls, useTimeRange } from '@/lib/useTimeRange';
import { Dialog } from '@/ui/Dialog';
import { useAppMessages } from '../messages';
import { useNav, useRegistry } from '../registryContext';
import { copyLink, linkToView, refreshAll } from './actions';
import { overlayStore } from './overlay';
import { useSignOut } from './useSignOut';

const Item = ({ icon: Icon, label, onSelect }: { icon: LucideIcon; label: string; onSelect: () => void }) => (
  <Command.Item
    value={label}
    onSelect={onSelect}
    className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-3 data-[selected=true]:bg-raised"
  >
    <Icon size={16} strokeWidth={1.75} className="text-ink-3" aria-hidden="true" />
    {label}
  </Command.Item>
);

const groupClass = '**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:py-1.5 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-ink-3';

export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useAppMessages();
  const locale = useLocale();
  const navigate = useNavigate();
  const client = useQueryClient();
  const signOut = useSignOut();
  const nav = useNav();
  const { commands } = useRegistry();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const search = useRawSearch();
  const hasTime = useTimeControls() !== undefined;
  const { range } = useTimeRange();
  const said = { copied: t('linkCopied'), refused: t('linkRefused') };
  const run = (action: () => unknown) => () => {
    onClose();
    action();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('palette.open')} quiet>
      <Command label={t('palette.open')} loop>
        <Command.Input placeholder={t('palette.placeholder')} className="w-full border-b border-line bg-transparent px-4 py-3.5 text-base outline-none" />
        <Command.List className="max-h-[60vh] overflow-y-auto p-2">
          <Command.Empty className="px-3 py-6 text-center text-ink-2">{t('palette.empty')}</Command.Empty>
          <Command.Group heading={t('palette.pages')} className={groupClass}>
            {nav.map((entry) => (
              <Item key={entry.path} icon={entry.icon} label={entry.label(locale)} onSelect={run(() => navigate({ to: entry.path }))} />
            ))}
            {commands.map((command) => (
              <Item key={command.id} icon={command.icon} label={command.label(locale)} onSelect={run(() => navigate({ to: command.path }))} />
            ))}
          </Command.Group>
          <Command.Group heading={t('palette.actions')} className={groupClass}>
            <Item icon={RefreshCw} label={t('palette.refresh')} onSelect={run(() => refreshAll(client))} />
            <Item icon={Link2} label={t('palette.copyLink')} onSelect={run(() => copyLink(linkToView(pathname, search), said))} />
            {hasTime && <Item icon={Link2} label={t('palette.copyMoment')} onSelect={run(() => copyLink(linkToView(pathname, search, range), said))} />}
            {hasTime && <Item icon={Clock} label={t('keys.time')} onSelect={() => overlayStore.set('time')} />}
            <Item icon={Keyboard} label={t('palette.keys')} onSelect={() => overlayStore.set('keys')} />
            {themes.map((theme) => (
              <Item key={theme} icon={SunMoon} label={`${t('theme')}: ${t(`theme.${theme}`)}`} onSelect={run(() => themeStore.set(theme))} />
            ))}
            {locales.map((choice) => (
              <Item key={choice} icon={Languages} label={`${t('language')}: ${localeNames[choice]}`} onSelect={run(() => localeStore.set(choice))} />
            ))}
            <Item icon={LogOut} label={t('palette.signOut')} onSelect={run(signOut)} />
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}
