import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { localeNames, locales, localeStore, useLocale } from '@/lib/locale';
import { themes, themeStore, useTheme } from '@/lib/theme';
import { IconButton } from '@/ui/Button';
import { Menu, MenuChoice } from '@/ui/Menu';
import { useAppMessages } from '../messages';

export function LanguageChoice() {
  const locale = useLocale();
  return <MenuChoice value={locale} onChange={localeStore.set} choices={locales.map((value) => ({ value, label: localeNames[value] }))} />;
}

export function ThemeChoice() {
  const t = useAppMessages();
  const theme = useTheme();
  return <MenuChoice value={theme} onChange={themeStore.set} choices={themes.map((value) => ({ value, label: t(`theme.${value}`) }))} />;
}

export function LanguageMenu() {
  const t = useAppMessages();
  return (
    <Menu trigger={<IconButton label={t('language')} icon={<Languages size={17} strokeWidth={1.75} />} />}>
      <LanguageChoice />
    </Menu>
  );
}

export function ThemeMenu() {
  const t = useAppMessages();
  const Icon = { system: Monitor, light: Sun, dark: Moon }[useTheme()];
  return (
    <Menu trigger={<IconButton label={t('theme')} icon={<Icon size={17} strokeWidth={1.75} />} />}>
      <ThemeChoice />
    </Menu>
  );
}
