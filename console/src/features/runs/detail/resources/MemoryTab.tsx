import { useMemo } from 'react';
import type { RunReport } from '@/api/runsContracts';
import type { ChartData } from '@/lib/chartData';
import { formatBytes, formatCount, formatPercent, formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { ChartCard } from '@/ui/chart/ChartCard';
import { ChartTable } from '@/ui/chart/ChartTable';
import { FactGrid, type Fact } from '@/ui/FactGrid';
import { Card } from '@/ui/Page';
import { EmptyState } from '@/ui/States';
import { cpuChart, memoryChart, readPoints, spanOf } from './chart';
import { useResourceMessages } from './messages';

const nothing = () => undefined;

/** Memory and CPU over the run, against its limit. */
export function MemoryTab({ run }: { run: RunReport }) {
  const t = useResourceMessages();
  const locale = useLocale();
  const resources = run.resources ?? {};
  const limit = resources.limitBytes ?? 0;
  const startedMs = Date.parse(run.startedAt);
  const points = useMemo(() => readPoints(run.resources?.chart), [run]);
  const memory = useMemo(
    () => memoryChart(points, startedMs, limit, { total: t('treeWithRunner'), tree: t('tree'), runner: t('runner'), limit: t('limit'), refuse: t('refuse'), warn: t('warn') }),
    [points, startedMs, limit, t],
  );
  const cpu = useMemo(() => cpuChart(points, startedMs, t('cpuSeries')), [points, startedMs, t]);
  if (points.length === 0) return <Card><EmptyState title={t('empty')} detail={t('emptyDetail')} /></Card>;
  const stateOf = (data: ChartData) => ({ data, interval: spanOf(points, startedMs, run.durationSeconds), error: null, updatedAt: startedMs });
  const common = { emptyText: t('empty'), staleAfterMs: Infinity, syncKey: `run ${run.id}`, onRetry: nothing };
  const peak = resources.peakBytes ?? 0;
  const measure = (['rss', 'pss', 'cgroup'] as const).find((known) => known === resources.measure);
  const facts: Fact[] = [
    [t('fact.peak'), <span key="peak" className="tabular font-medium">{limit > 0 ? `${formatBytes(locale, peak)} · ${formatPercent(locale, peak / limit)}` : formatBytes(locale, peak)}</span>],
    [t('fact.limit'), limit > 0 ? formatBytes(locale, limit) : t('fact.noLimit')],
    [t('fact.measure'), measure ? t(`measure.${measure}`) : resources.measure],
    [t('fact.cpu'), resources.cpuSeconds !== null && resources.cpuSeconds !== undefined && formatSeconds(locale, resources.cpuSeconds)],
    [t('fact.oom'), resources.oomKills ? <span key="oom" className="tabular font-medium text-bad">{formatCount(locale, resources.oomKills)}</span> : null],
    [t('fact.warnings'), resources.warnings !== undefined && formatCount(locale, resources.warnings)],
    [t('fact.gc'), resources.garbageCollections !== undefined && formatCount(locale, resources.garbageCollections)],
    [t('fact.samples'), resources.samples !== undefined && formatCount(locale, resources.samples)],
  ];
  return (
    <>
      <div className="mb-4">
        <ChartCard {...common} title={t('memory')} state={stateOf(memory)} unit="bytes" kind="line" height={300} headline={formatBytes(locale, peak)} />
      </div>
      <div className="mb-4">
        <ChartCard {...common} title={t('cpu')} state={stateOf(cpu)} unit="percent" kind="area" height={180} headline={null} legend={false} />
      </div>
      <Card className="mb-4 p-4">
        <FactGrid facts={facts} />
      </Card>
      <details className="mb-6">
        <summary className="w-fit rounded font-medium text-accent">{t('table')}</summary>
        <Card className="mt-2 overflow-hidden">
          <ChartTable title={t('memory')} data={{ ...memory, series: memory.series.slice(0, 3) }} unit="bytes" />
        </Card>
      </details>
    </>
  );
}
