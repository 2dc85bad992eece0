import { useQueries } from '@tanstack/react-query';
import { queryInstant, type QueryAnswer } from '@/api/prometheus';
import { formatBytes, formatPercent } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Meter } from '@/ui/Meter';
import { Card } from '@/ui/Page';
import { ErrorState, Skeleton } from '@/ui/States';
import { useOverviewMessages } from './messages';
import { filesystemQueries } from './panels';

/** Smaller ones hold settings of the system, not files of anybody. */
const smallestBytes = 1024 * 1024;

export interface Filesystem {
  mount: string;
  device: string;
  size: number;
  available: number;
}

/** Pairs sizes with what is left; one entry a device (its shortest mount point), the fullest first. */
export function filesystemsOf(size: QueryAnswer, available: QueryAnswer): Filesystem[] {
  const left = new Map(available.series.map((one) => [one.labels['mountpoint'], one.points[0]?.[1]]));
  const byDevice = new Map<string, Filesystem>();
  for (const { labels, points } of size.series) {
    const mount = labels['mountpoint'] ?? '';
    const bytes = points[0]?.[1] ?? 0;
    const free = left.get(mount);
    if (bytes < smallestBytes || free === undefined) continue;
    const device = labels['device'] ?? mount;
    const known = byDevice.get(`${device} ${bytes}`);
    if (!known || mount.length < known.mount.length) byDevice.set(`${device} ${bytes}`, { mount, device, size: bytes, available: free });
  }
  return [...byDevice.values()].sort((a, b) => a.available / a.size - b.available / b.size);
}

export function Filesystems({ everyMs }: { everyMs: number | false }) {
  const t = useOverviewMessages();
  const locale = useLocale();
  const ask = (name: keyof typeof filesystemQueries) => ({
    queryKey: ['overview', 'filesystems', name],
    queryFn: ({ signal }: { signal: AbortSignal }) => queryInstant(filesystemQueries[name], Date.now(), signal),
    refetchInterval: everyMs && Math.max(everyMs, 15_000),
  });
  const [size, available] = useQueries({ queries: [ask('size'), ask('available')] });
  const error = size.error ?? available.error;
  const list = size.data && available.data ? filesystemsOf(size.data, available.data) : undefined;
  return (
    <Card>
      <h3 className="px-4 pt-3 pb-2 text-sm font-medium text-ink-2">{t('panel.filesystems')}</h3>
      {!list && (error ? <ErrorState compact error={error} onRetry={() => void size.refetch()} /> : <Skeleton className="mx-4 mb-4 h-40" />)}
      {list?.length === 0 && <p className="px-4 pb-4 text-ink-3">{t('fs.empty')}</p>}
      <ul className="grid grid-cols-1 gap-x-8 gap-y-3.5 px-4 pb-4 md:grid-cols-2 xl:grid-cols-3">
        {list?.slice(0, 9).map(({ mount, device, size: bytes, available: free }) => (
          <li key={`${device} ${mount}`} className="min-w-0">
            <div className="mb-1 flex items-baseline gap-2">
              <span className="truncate font-mono text-xs" title={device}>{mount}</span>
              <span className="tabular ml-auto text-xs whitespace-nowrap text-ink-3">
                {t('fs.free', { free: formatBytes(locale, free), size: formatBytes(locale, bytes) })}
              </span>
              <span className="tabular w-10 text-right font-medium">{formatPercent(locale, 1 - free / bytes)}</span>
            </div>
            <Meter ratio={1 - free / bytes} label={t('fs.used', { mount })} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
