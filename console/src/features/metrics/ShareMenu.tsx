import { Clock, FileDown, Link2, Share2 } from 'lucide-react';
import { copyText } from '@/lib/clipboard';
import { absoluteRange, resolveRange, type TimeRange } from '@/lib/timeRange';
import { Button } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { notify } from '@/ui/notice';
import { useMetricsMessages } from './messages';

/** The address of this view with its range made absolute, so that it keeps showing this moment. */
function momentLink(range: TimeRange): string {
  const url = new URL(window.location.href);
  const interval = resolveRange(range, Date.now());
  if (interval) {
    const fixed = absoluteRange(interval);
    url.searchParams.set('from', fixed.from);
    url.searchParams.set('to', fixed.to);
    url.searchParams.set('refresh', 'off');
  }
  return url.href;
}

export function ShareMenu({ range, onDownload }: { range: TimeRange; onDownload: (() => void) | null }) {
  const t = useMetricsMessages();
  const copy = async (link: string) => notify((await copyText(link)) ? t('share.copied') : t('share.refused'));
  return (
    <Menu trigger={<Button icon={<Share2 size={15} />}>{t('share.menu')}</Button>}>
      <MenuItem icon={<Link2 size={15} />} onSelect={() => void copy(window.location.href)}>{t('share.link')}</MenuItem>
      <MenuItem icon={<Clock size={15} />} onSelect={() => void copy(momentLink(range))}>{t('share.moment')}</MenuItem>
      {onDownload && <MenuItem icon={<FileDown size={15} />} onSelect={onDownload}>{t('share.csv')}</MenuItem>}
    </Menu>
  );
}
