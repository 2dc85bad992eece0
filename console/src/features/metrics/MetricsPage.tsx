import { ListTree } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { QueryAnswer } from '@/api/prometheus';
import type { RangeAnswer } from '@/api/rangeQuery';
import { download } from '@/lib/csv';
import { resolveRange, widenInterval, type Interval, type TimeRange } from '@/lib/timeRange';
import { unitOf, type Unit } from '@/lib/units';
import { useStableList } from '@/lib/useStableList';
import { useTimeRange } from '@/lib/useTimeRange';
import { downloadCsv } from '@/ui/chart/exports';
import { Button } from '@/ui/Button';
import { cx } from '@/ui/cx';
import { Page } from '@/ui/Page';
import { EmptyMetrics } from './EmptyMetrics';
import type { Example } from './examples';
import { Explorer } from './Explorer';
import { GraphView } from './GraphView';
import { useMetricsMessages } from './messages';
import { QueryList } from './QueryList';
import { ResultTable } from './ResultTable';
import { graphModel, type NamedAnswer } from './seriesModel';
import { ShareMenu } from './ShareMenu';
import { tableCsv, tableModel } from './tableRows';
import { isolatePatch, queriesPatch, togglePatch } from './urlState';
import { useAnswers, type QueryOutcome } from './useAnswers';
import { useMetricsPage } from './useMetricsPage';
import { ViewBar } from './ViewBar';

const isRangeAnswer = (answer: QueryOutcome['answer']): answer is RangeAnswer => answer !== undefined && 'interval' in answer;
const isThere = <T extends { answer: QueryOutcome['answer'] }>(one: T): one is T & { answer: QueryAnswer } => one.answer !== undefined;

/** Remembers the ranges that zooming left, for the way back. */
function useZoom(range: TimeRange, setRange: (range: TimeRange) => void, setInterval: (interval: Interval) => void) {
  const left = useRef<TimeRange[]>([]);
  return {
    zoom: (interval: Interval) => {
      left.current.push(range);
      setInterval(interval);
    },
    zoomOut: () => {
      const last = left.current.pop();
      const now = resolveRange(range, Date.now());
      if (last) setRange(last);
      else if (now) setInterval(widenInterval(now, Date.now()));
    },
  };
}

export default function MetricsPage() {
  const t = useMetricsMessages();
  const { state, update, setQueries, addExpression } = useMetricsPage();
  const { range, refresh, setRange, setInterval } = useTimeRange();
  const { zoom, zoomOut } = useZoom(range, setRange, setInterval);
  const { ranges, instants } = useAnswers(state, range, refresh);
  const outcomes = [...ranges, ...instants];
  const answerKeys = outcomes.map((outcome) => outcome.answer);
  const named = outcomes.filter(isThere);
  // The answers keep their identity until they change, and names and expressions come with them.
  const signature = useStableList([...answerKeys, state.view, ...outcomes.map((outcome) => outcome.name)]);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const graph = useMemo(() => graphModel(state.view === 'graph' ? named.filter((one): one is typeof one & NamedAnswer => isRangeAnswer(one.answer)) : []), [signature]);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const table = useMemo(() => tableModel(state.view === 'table' ? named : []), [signature]);
  const unitFor = (expression: string): Unit => state.unit ?? unitOf(expression);
  const unitOfQuery = (name: string) => unitFor(outcomes.find((outcome) => outcome.name === name)?.expression ?? '');
  const found = new Set(outcomes.map((outcome) => unitFor(outcome.expression)));
  const unit = found.size === 1 ? ([...found][0] ?? 'number') : 'number';
  const newest = ranges.map((outcome) => outcome.answer).filter(isRangeAnswer).at(-1);
  const asking = outcomes.length > 0;
  const pending = outcomes.some((outcome) => outcome.fetching && !outcome.answer);
  const failed = outcomes.some((outcome) => outcome.error);
  const hashes = graph.chart.series.map((one) => one.hash);
  const pick = (example: Example) =>
    update((now) => ({ ...queriesPatch(now, [{ name: 'A', expression: example.expression, enabled: true }]), unit: example.unit, chart: example.kind }));
  const downloadRows =
    state.view === 'graph'
      ? graph.chart.series.length > 0 && (() => downloadCsv(t('nav'), graph.chart))
      : table.rows.length > 0 && (() => download(`${t('nav')}.csv`, new Blob([tableCsv(table)], { type: 'text/csv;charset=utf-8' })));
  return (
    <Page
      title={t('nav')}
      lead={t('lead')}
      wide
      action={
        <div className="flex gap-2">
          <Button icon={<ListTree size={15} />} aria-pressed={state.exploring} onClick={() => update({ explore: state.exploring ? undefined : '1' })}>
            {t('explore.open')}
          </Button>
          <ShareMenu range={range} onDownload={downloadRows || null} />
        </div>
      }
    >
      <div className={cx('grid items-start gap-3', state.exploring && 'lg:grid-cols-[minmax(0,1fr)_320px]')}>
        <div className="min-w-0 space-y-3 max-lg:order-last">
          <QueryList queries={state.queries} outcomes={outcomes} onChange={setQueries} />
          {asking && <ViewBar state={state} currentStep={newest?.stepSeconds ?? null} onChange={(patch) => update(patch)} />}
          {!asking && <EmptyMetrics onPick={pick} />}
          {asking && state.view === 'graph' && (
            <GraphView
              {...{ model: graph, state, unit, unitOfQuery, kind: state.kind, pending, failed }}
              interval={newest?.interval}
              onIsolate={(hash) => update(isolatePatch(state, hash))}
              onToggle={(hash) => update(togglePatch(state, hash, hashes))}
              onShowAll={() => update({ only: undefined, hide: undefined })}
              onZoom={zoom}
              onZoomOut={zoomOut}
            />
          )}
          {asking && state.view === 'table' && (
            <ResultTable
              model={table}
              manyQueries={outcomes.length > 1}
              {...{ unitOfQuery, pending, failed }}
            />
          )}
        </div>
        {state.exploring && <Explorer onUse={addExpression} onClose={() => update({ explore: undefined })} />}
      </div>
    </Page>
  );
}
