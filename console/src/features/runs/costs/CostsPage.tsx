import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Coins, FileDown, TriangleAlert } from 'lucide-react';
import { costGroups, tokenKinds, type CostAnswer, type CostGroup } from '@/api/runsContracts';
import { download, toCsv } from '@/lib/csv';
import { dateFormat } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useSearchAs, useUpdateSearch, type Search } from '@/lib/search';
import { useTimeRange } from '@/lib/useTimeRange';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useLiveRuns } from '../live';
import { useRunsMessages } from '../messages';
import { formatTokens, formatUsd } from '../parts/money';
import { RunsFrame } from '../parts/RunsFrame';
import { costsQuery } from '../queries';
import { BarChart } from './BarChart';
import { barsOf, measures, type Bar, type Measure } from './bars';
import { CostTable } from './CostTable';
import { useCostsMessages } from './messages';

const mostBars = 15;

const readGroup = (search: Search): CostGroup => costGroups.find((group) => group === search['by']) ?? 'repository';
const readMeasure = (search: Search): Measure => measures.find((measure) => measure === search['measure']) ?? 'cost';

function saveCsv(answer: CostAnswer, by: CostGroup): void {
  const header = [by, 'runs', ...tokenKinds, 'total_tokens', 'cost_usd', 'unpriced_runs'];
  const rows = answer.items.map((row) => [row.key, row.runs, ...tokenKinds.map((kind) => row[kind]), row.totalTokens, row.costUsd, row.unpricedRuns]);
  download(`runs-costs-by-${by}.csv`, new Blob([toCsv(header, rows)], { type: 'text/csv;charset=utf-8' }));
}

function Costs({ answer, by, measure }: { answer: CostAnswer; by: CostGroup; measure: Measure }) {
  const t = useCostsMessages();
  const runs = useRunsMessages();
  const locale = useLocale();
  const { range } = useTimeRange();
  const day = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const bars = barsOf(answer.items, measure, by === 'week', mostBars);
  const name = (bar: Bar) => (bar.others > 0 ? <span className="text-ink-3">{t('others', { count: bar.others })}</span> : <span title={bar.key ?? undefined}>{bar.key ?? t(`unknown.${by}`)}</span>);
  return (
    <>
      <Card className="mb-4">
        <div className="flex flex-wrap items-baseline gap-x-4 px-4 pt-3">
          <h2 className="text-sm font-medium text-ink-2">{t(`chart.${measure}`)}</h2>
          <span className="tabular text-base font-semibold">{measure === 'cost' ? formatUsd(locale, answer.total.costUsd) : formatTokens(locale, answer.total.totalTokens)}</span>
          {answer.from && answer.to && <span className="ml-auto text-xs text-ink-3">{t('period', { from: day.format(Date.parse(answer.from)), to: day.format(Date.parse(answer.to)) })}</span>}
        </div>
        <BarChart
          label={t(`chart.${measure}`)}
          bars={bars}
          parts={measure === 'cost' ? [t('measure.cost')] : tokenKinds.map((kind) => runs(`tokens.${kind}`))}
          name={name}
          write={(value) => (measure === 'cost' ? formatUsd(locale, value) : formatTokens(locale, value))}
        />
      </Card>
      <Card className="overflow-hidden">
        <CostTable answer={answer} by={by} range={range} />
      </Card>
      {answer.total.unpricedRuns > 0 && (
        <p className="mt-2 flex items-center gap-2 text-xs text-warn">
          <TriangleAlert size={13} aria-hidden="true" />
          {t('unpriced', { count: answer.total.unpricedRuns })}
        </p>
      )}
      {answer.omitted > 0 && <p className="mt-2 text-xs text-ink-3">{t('omitted', { count: answer.omitted })}</p>}
    </>
  );
}

export default function CostsPage() {
  const t = useCostsMessages();
  const update = useUpdateSearch();
  const { range } = useTimeRange();
  const by = useSearchAs(readGroup);
  const measure = useSearchAs(readMeasure);
  const { data, error, refetch, isPlaceholderData } = useQuery(costsQuery(by, range));
  useLiveRuns();
  const filled = data !== undefined && data.items.length > 0;
  const content = () => {
    if (!data) return error ? <Card><ErrorState error={error} onRetry={() => void refetch()} /></Card> : <Skeleton className="h-80" />;
    if (filled) return <Costs answer={data} by={data.by === by ? by : readGroup({ by: data.by })} measure={measure} />;
    return (
      <Card>
        <EmptyState icon={<Coins size={24} strokeWidth={1.5} />} title={t('empty')} detail={t('emptyDetail')}>
          <Link to="/runs" className="rounded font-medium text-accent underline underline-offset-2">
            {t('toRuns')}
          </Link>
        </EmptyState>
      </Card>
    );
  };
  return (
    <RunsFrame tab="/runs/costs" action={<Button icon={<FileDown size={15} />} className={filled ? undefined : 'invisible'} onClick={() => data && saveCsv(data, by)}>{t('csv')}</Button>}>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Segmented label={t('by')} value={by} choices={costGroups.map((value) => ({ value, label: t(`by.${value}`) }))} onChange={(next) => update({ by: next })} />
        <Segmented label={t('measure')} value={measure} choices={measures.map((value) => ({ value, label: t(`measure.${value}`) }))} onChange={(next) => update({ measure: next === 'cost' ? undefined : next })} />
      </div>
      {error && data && <div className="mb-3"><InlineError error={error} /></div>}
      <div className={isPlaceholderData ? 'opacity-60 transition-opacity' : undefined} aria-busy={isPlaceholderData}>{content()}</div>
    </RunsFrame>
  );
}
