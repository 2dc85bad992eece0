import { useQuery } from '@tanstack/react-query';
import type { Stats } from '@/api/jobsContracts';
import { dateFormat, formatCount, formatSeconds, numberFormat } from '@/lib/format';
import { useLocale, type Locale } from '@/lib/locale';
import { useTimeRange } from '@/lib/useTimeRange';
import { Card, Section } from '@/ui/Page';
import { InlineError, Skeleton } from '@/ui/States';
import { useJobsMessages } from '../messages';
import { statsQuery } from '../queries';
import { useDetailMessages } from './messages';

function Figure({ name, value, tone }: { name: string; value: string; tone?: 'bad' | 'warn' }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className={`tabular text-lg font-semibold ${tone === 'bad' ? 'text-bad' : tone === 'warn' ? 'text-warn' : ''}`}>{value}</dd>
    </div>
  );
}

function Causes({ stats }: { stats: Stats }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const most = Math.max(1, ...stats.causes.map((cause) => cause.count));
  if (stats.causes.length === 0) return <p className="text-ink-3">{t('noFailures')}</p>;
  return (
    <ul className="space-y-1.5">
      {stats.causes.map(({ cause, count }) => (
        <li key={cause} className="relative overflow-hidden rounded bg-raised">
          <div className="absolute inset-y-0 left-0 bg-bad-soft" style={{ width: `${(count / most) * 100}%` }} aria-hidden="true" />
          <div className="relative flex gap-3 px-2 py-0.5">
            <span className="min-w-0 flex-1 break-words">{cause}</span>
            <span className="tabular">{formatCount(locale, count)}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Accounts({ stats }: { stats: Stats }) {
  const jobs = useJobsMessages();
  const locale = useLocale();
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-1">
      {(['late', 'missed', 'skipped', 'coalesced'] as const).map((outcome) => (
        <div key={outcome} className="flex justify-between gap-2">
          <dt className="text-ink-2">{jobs(`outcome.${outcome}`)}</dt>
          <dd className={`tabular ${outcome === 'missed' && stats.missed > 0 ? 'font-semibold text-bad' : ''}`}>{formatCount(locale, stats[outcome])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Rounded down, so that 99.96 % is never called 100 %. */
function rateText(locale: Locale, rate: number): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(Math.floor(rate * 1000) / 1000);
}

/** How a job went over the period of the top bar. */
export function Statistics({ taskId }: { taskId: string }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const { range } = useTimeRange();
  const { data, error } = useQuery(statsQuery(taskId, range));
  const stats = data?.items[0];
  const day = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const ms = (value: number | null) => (value === null ? '–' : formatSeconds(locale, value / 1000));
  const rate = stats?.successRate ?? null;
  return (
    <Section title={t('stats')} note={data && t('statsPeriod', { from: day.format(Date.parse(data.from)), to: day.format(Date.parse(data.to)) })}>
      <Card className="p-4">
        {error && <InlineError error={error} />}
        {!data && !error && <Skeleton className="h-28" />}
        {data && !(stats && stats.runs + stats.missed + stats.skipped + stats.coalesced > 0) && <p className="text-ink-3">{t('noStats')}</p>}
        {stats && stats.runs + stats.missed + stats.skipped + stats.coalesced > 0 && (
          <div className="space-y-5">
            <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4 xl:grid-cols-7">
              <Figure name={t('successRate')} value={rate === null ? '–' : rateText(locale, rate)} tone={rate !== null && rate < 0.9 ? 'bad' : rate !== null && rate < 0.99 ? 'warn' : undefined} />
              <Figure name={t('runs')} value={formatCount(locale, stats.runs)} />
              <Figure name={t('mean')} value={ms(stats.meanMs)} />
              <Figure name={t('p50')} value={ms(stats.p50Ms)} />
              <Figure name={t('p90')} value={ms(stats.p90Ms)} />
              <Figure name={t('p99')} value={ms(stats.p99Ms)} />
              <Figure name={t('max')} value={ms(stats.maxMs)} />
            </dl>
            <div className="grid gap-6 md:grid-cols-2">
              <div>
                <h3 className="mb-1.5 text-xs font-medium text-ink-3">{t('causes')}</h3>
                <Causes stats={stats} />
              </div>
              <div>
                <h3 className="mb-1.5 text-xs font-medium text-ink-3">{t('accounts')}</h3>
                <Accounts stats={stats} />
              </div>
            </div>
          </div>
        )}
      </Card>
    </Section>
  );
}
