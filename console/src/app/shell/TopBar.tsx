import { PanelLeft, Search } from 'lucide-react';
import { useTimeControls } from '@/lib/useTimeRange';
import { IconButton } from '@/ui/Button';
import { useAppMessages } from '../messages';
import { Breadcrumb } from './Breadcrumb';
import { LanguageMenu, ThemeMenu } from './PreferenceMenus';
import { RefreshPicker } from './RefreshPicker';
import { TenantSwitcher } from './TenantSwitcher';
import { TimeRangePicker } from './TimeRangePicker';
import { UserMenu } from './UserMenu';
import { overlayStore } from './overlay';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar({ onOpenDrawer }: { onOpenDrawer: () => void }) {
  const t = useAppMessages();
  const hasTime = useTimeControls() !== undefined;
  const openPalette = () => overlayStore.set('palette');
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-surface px-2 py-1.5 sm:px-4 md:min-h-12.5">
      <IconButton label={t('rail.open')} icon={<PanelLeft size={17} />} onClick={onOpenDrawer} className="md:hidden" />
      <TenantSwitcher />
      <Breadcrumb />
      <div className="flex-1" />
      {hasTime && (
        <div className="flex items-center gap-1.5 max-md:order-last max-md:w-full">
          <TimeRangePicker />
          <RefreshPicker />
        </div>
      )}
      <button
        type="button"
        onClick={openPalette}
        aria-keyshortcuts="Control+K Meta+K"
        className="ml-1 inline-flex min-h-8 items-center gap-2 rounded-md border border-line px-2 text-ink-3 hover:bg-raised hover:text-ink"
      >
        <Search size={15} aria-hidden="true" />
        <span className="sr-only">{t('palette.open')}</span>
        <kbd className="hidden font-sans text-xs lg:inline">{isApple ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <div className="hidden items-center md:flex">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <UserMenu />
    </header>
  );
}
