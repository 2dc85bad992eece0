import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { systemQuery } from '@/api/system';
import { formatBytes } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Meter } from '@/ui/Meter';
import { Card } from '@/ui/Page';
import { ErrorState, Skeleton } from '@/ui/States';
import { useOverviewMessages } from './messages';

const Figure = ({ label, wide, children }: { label: string; wide?: boolean; children: ReactNode }) => (
  <div className={wide ? 'col-span-2 min-w-0' : 'min-w-0'}>
    <dt className="text-xs text-ink-3">{label}</dt>
    <dd className="tabular truncate font-medium">{children}</dd>
  </div>
);

/** What Signalbox has written to disk, and how much more fits. */
export function Storage({ everyMs }: { everyMs: number | false }) {
  const t = useOverviewMessages();
  const locale = useLocale();
  const system = useQuery({ ...systemQuery, refetchInterval: everyMs });
  const { data } = system;
  if (!data) {
    return <Card>{system.error ? <ErrorState compact error={system.error} onRetry={() => void system.refetch()} /> : <Skeleton className="m-4 h-48" />}</Card>;
  }
  const room = data.diskQuotaBytes > 0 ? Math.min(data.diskQuotaBytes, data.diskBytes + data.diskFreeBytes) : data.diskBytes + data.diskFreeBytes;
  const used = formatBytes(locale, data.diskBytes);
  return (
    <Card className="h-full">
      <h3 className="px-4 pt-3 pb-2 text-sm font-medium text-ink-2">{t('panel.storage')}</h3>
      <div className="px-4">
        <div className="tabular mb-2 text-xl font-semibold">{t('storage.quota', { used, quota: formatBytes(locale, room) })}</div>
        <Meter ratio={data.diskBytes / room} label={t('storage.used')} />
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 p-4">
        <Figure label={t('storage.free')}>{formatBytes(locale, data.diskFreeBytes)}</Figure>
        <Figure label={t('storage.retention')}>{t('storage.days', { count: data.retentionDays })}</Figure>
        {data.dataFolder !== null && (
          <Figure wide label={t('storage.folder')}>
            <span className="font-mono text-xs" title={data.dataFolder}>{data.dataFolder}</span>
          </Figure>
        )}
      </dl>
    </Card>
  );
}
