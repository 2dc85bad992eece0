import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, RefreshCw } from 'lucide-react';
import { refreshChoices } from '@/lib/timeRange';
import { useTimeRange } from '@/lib/useTimeRange';
import { IconButton } from '@/ui/Button';
import { cx } from '@/ui/cx';
import { Menu, MenuChoice } from '@/ui/Menu';
import { useAppMessages } from '../messages';
import { refreshAll } from './actions';

export function RefreshPicker() {
  const t = useAppMessages();
  const client = useQueryClient();
  const fetching = useIsFetching() > 0;
  const { refresh, setRefresh } = useTimeRange();
  const name = (choice: string) => (choice === 'off' ? t('refresh.off') : choice);
  const trigger = (
    <button
      type="button"
      aria-label={t('refresh.label', { interval: name(refresh) })}
      className="inline-flex min-h-8 items-center gap-1 rounded-r-md border-l border-line px-2 text-xs font-medium text-ink-2 hover:bg-raised hover:text-ink"
    >
      {name(refresh)}
      <ChevronDown size={13} aria-hidden="true" />
    </button>
  );
  return (
    <div className="flex items-center rounded-md border border-line bg-surface">
      <IconButton
        label={t('refresh.now')}
        icon={<RefreshCw size={14} className={cx('transition-colors', fetching && 'text-accent')} />}
        onClick={() => refreshAll(client)}
        className="rounded-r-none"
      />
      <Menu trigger={trigger}>
        <MenuChoice value={refresh} onChange={setRefresh} choices={refreshChoices.map((value) => ({ value, label: name(value) }))} />
      </Menu>
    </div>
  );
}
