import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import type { Limit } from '@/api/contracts';
import { limitsQuery } from '@/api/system';
import { formatBytes, formatCount, formatPercent, formatSeconds } from '@/lib/format';
import { useLocale, type Locale } from '@/lib/locale';
import { Badge } from '@/ui/Badge';
import { Meter } from '@/ui/Meter';
import { EmptyState } from '@/ui/States';
import { useSettingsMessages } from '../messages';
import { ListCard, SettingsFrame } from '../SettingsFrame';

/** Writes an amount in the limit's unit; units other than sizes and times follow the number as they are. */
export function formatAmount(locale: Locale, value: number, unit: string): string {
  if (unit === 'bytes' || unit === 'By') return formatBytes(locale, value);
  if (unit === 'seconds' || unit === 's') return formatSeconds(locale, value);
  const name = unit.replace(/[{}]/g, '');
  return name === '' || name === '1' ? formatCount(locale, value) : `${formatCount(locale, value)}\u00a0${name}`;
}

function LimitRow({ limit }: { limit: Limit }) {
  const t = useSettingsMessages();
  const locale = useLocale();
  const value = formatAmount(locale, limit.value, limit.unit);
  const ratio = limit.used === null || limit.value <= 0 ? null : limit.used / limit.value;
  return (
    <li className="grid gap-x-6 gap-y-1.5 border-b border-line px-4 py-3 last:border-0 md:grid-cols-[minmax(0,1fr)_280px_auto] md:items-center">
      <div className="min-w-0">
        <div className="font-mono text-xs font-medium break-all">{limit.name}</div>
        <div className="text-ink-2">{limit.description}</div>
      </div>
      <div>
        <div className="tabular mb-1 flex justify-between gap-3">
          <span>{limit.used === null ? t('limits.allowed', { value }) : t('limits.used', { used: formatAmount(locale, limit.used, limit.unit), value })}</span>
          {ratio !== null && <span className="font-medium">{formatPercent(locale, ratio)}</span>}
        </div>
        {ratio !== null && <Meter ratio={ratio} label={t('limits.meter', { name: limit.name })} />}
      </div>
      <div className="md:w-36 md:text-right">
        <Badge tone={limit.refusedTotal > 0 ? 'warn' : 'ok'}>{limit.refusedTotal > 0 ? t('limits.refused', { count: limit.refusedTotal }) : t('limits.neverRefused')}</Badge>
      </div>
    </li>
  );
}

/** Limits that hurt come first: those that refused, then the fullest. */
export function byUrgency(a: Limit, b: Limit): number {
  const fullness = (limit: Limit) => (limit.used === null || limit.value <= 0 ? 0 : limit.used / limit.value);
  return Number(b.refusedTotal > 0) - Number(a.refusedTotal > 0) || fullness(b) - fullness(a) || a.name.localeCompare(b.name);
}

export default function LimitsPage() {
  const t = useSettingsMessages();
  const limits = useQuery({ ...limitsQuery, refetchInterval: 15_000 });
  return (
    <SettingsFrame tab="limits">
      <ListCard query={limits} empty={<EmptyState icon={<Gauge size={24} strokeWidth={1.5} />} title={t('limits.emptyTitle')} detail={t('limits.emptyDetail')} />}>
        {(items) => (
          <ul>
            {items.toSorted(byUrgency).map((limit) => (
              <LimitRow key={limit.name} limit={limit} />
            ))}
          </ul>
        )}
      </ListCard>
    </SettingsFrame>
  );
}
