import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { Suspense } from 'react';
import type { NavEntry } from '@/lib/feature';
import { useLocale } from '@/lib/locale';
import { createStoredStore, useStore } from '@/lib/store';
import { cx } from '@/ui/cx';
import { Tooltip } from '@/ui/Tooltip';
import { useAppMessages } from '../messages';
import { useNav } from '../registryContext';
import { Logo } from './Logo';

const collapsedStore = createStoredStore(
  'signalbox.rail',
  false,
  (text) => (text === 'collapsed' ? true : text === 'open' ? false : null),
  (value) => (value ? 'collapsed' : 'open'),
);

function RailLink({ entry, collapsed, onFollow }: { entry: NavEntry; collapsed: boolean; onFollow?: () => void }) {
  const label = entry.label(useLocale());
  const link = (
    <Link
      to={entry.path}
      onClick={onFollow}
      aria-label={collapsed ? label : undefined}
      className={cx(
        'group relative flex h-8.5 items-center gap-2.5 rounded-md px-2.5 font-medium text-ink-2 hover:bg-raised hover:text-ink',
        'aria-[current=page]:bg-raised aria-[current=page]:text-ink',
        collapsed && 'justify-center px-0',
      )}
    >
      <entry.icon size={17} strokeWidth={1.75} className="shrink-0 group-aria-[current=page]:text-accent" aria-hidden="true" />
      {!collapsed && <span className="truncate">{label}</span>}
      {entry.badge && (
        <Suspense fallback={null}>
          <entry.badge small={collapsed} />
        </Suspense>
      )}
    </Link>
  );
  return collapsed ? <Tooltip text={label}>{link}</Tooltip> : link;
}

function RailLinks({ collapsed, onFollow }: { collapsed: boolean; onFollow?: () => void }) {
  const nav = useNav();
  const list = (place: 'main' | 'foot') => (
    <ul className="space-y-0.5">
      {nav
        .filter((entry) => (entry.place ?? 'main') === place)
        .map((entry) => (
          <li key={entry.path}>
            <RailLink entry={entry} collapsed={collapsed} onFollow={onFollow} />
          </li>
        ))}
    </ul>
  );
  return (
    <>
      <div className="flex-1">{list('main')}</div>
      {list('foot')}
    </>
  );
}

const Brand = ({ collapsed }: { collapsed: boolean }) => (
  <Link to="/" className={cx('mb-3 flex h-9 items-center gap-2 rounded-md px-2', collapsed && 'justify-center px-0')} aria-label="Signalbox">
    <Logo size={24} />
    {!collapsed && <span className="text-base font-semibold tracking-tight">Signalbox</span>}
  </Link>
);

/** The navigation at the left; on narrow screens a drawer instead. */
export function Rail({ drawerOpen, onDrawerChange }: { drawerOpen: boolean; onDrawerChange: (open: boolean) => void }) {
  const t = useAppMessages();
  const collapsed = useStore(collapsedStore);
  const toggleLabel = collapsed ? t('rail.expand') : t('rail.collapse');
  const ToggleIcon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <>
      <nav
        aria-label={t('rail.label')}
        className={cx('hidden shrink-0 flex-col border-r border-line bg-surface p-2 md:flex', collapsed ? 'w-14' : 'w-52')}
      >
        <Brand collapsed={collapsed} />
        <RailLinks collapsed={collapsed} />
        <Tooltip text={toggleLabel}>
          <button
            type="button"
            aria-label={toggleLabel}
            onClick={() => collapsedStore.set(!collapsed)}
            className={cx('mt-0.5 flex h-8.5 items-center gap-2.5 rounded-md px-2.5 text-ink-3 hover:bg-raised hover:text-ink', collapsed && 'justify-center px-0')}
          >
            <ToggleIcon size={17} strokeWidth={1.75} />
          </button>
        </Tooltip>
      </nav>
      <Dialog.Root open={drawerOpen} onOpenChange={onDrawerChange}>
        <Dialog.Portal>
          <div className="fixed inset-0 z-40 bg-[rgb(0_0_0/38%)] md:hidden" aria-hidden="true" />
          <Dialog.Content aria-describedby="" className="fixed inset-y-0 left-0 z-50 flex w-60 flex-col border-r border-line bg-surface p-2 shadow-pop md:hidden">
            <Dialog.Title className="sr-only">{t('rail.label')}</Dialog.Title>
            <Brand collapsed={false} />
            <RailLinks collapsed={false} onFollow={() => onDrawerChange(false)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}
