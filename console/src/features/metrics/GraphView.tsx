import { useCallback, useState } from 'react';
import type { Interval } from '@/lib/timeRange';
import type { Unit } from '@/lib/units';
import type { ChartKind } from '@/ui/chart/options';
import { TimeChart } from '@/ui/chart/TimeChart';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Page';
import { EmptyState, Skeleton } from '@/ui/States';
import { LegendTable } from './LegendTable';
import { useMetricsMessages } from './messages';
import { hiddenKeys, type GraphModel } from './seriesModel';
import type { MetricsState } from './urlState';

export interface GraphViewProps {
  model: GraphModel;
  state: MetricsState;
  interval: Interval | undefined;
  unit: Unit;
  unitOfQuery: (queryName: string) => Unit;
  kind: ChartKind;
  pending: boolean;
  failed: boolean;
  onIsolate: (hash: string) => void;
  onToggle: (hash: string) => void;
  onShowAll: () => void;
  onZoom: (interval: Interval) => void;
  onZoomOut: () => void;
}

const height = 360;

export function GraphView({ model, state, interval, unit, unitOfQuery, kind, pending, failed, onIsolate, onToggle, onShowAll, onZoom, onZoomOut }: GraphViewProps) {
  const t = useMetricsMessages();
  const [focused, setFocused] = useState<string | null>(null);
  const { series } = model.chart;
  const hidden = useStable(hiddenKeys(series, state.only, state.hidden));
  const focus = useCallback((key: string | null) => setFocused(key), []);
  if (interval === undefined || series.length === 0) {
    if (pending) return <Card className="p-4"><Skeleton className="h-90" /></Card>;
    if (failed) return null;
    return (
      <Card>
        <EmptyState title={t('graph.none')} detail={t('graph.noneHint')}>
          <Button onClick={onZoomOut}>{t('graph.widen')}</Button>
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <div className="pt-3">
        <TimeChart
          title={t('graph.title')}
          data={model.chart}
          {...{ unit, kind, height, interval, hidden, focused, onZoom, onZoomOut }}
        />
      </div>
      <LegendTable {...{ series, hidden, unitOfQuery, onIsolate, onToggle, onShowAll }} only={state.only} onFocus={focus} />
      {model.total > series.length && <p className="border-t border-line px-4 py-2 text-xs text-warn">{t('legend.tooMany', { shown: series.length, total: model.total })}</p>}
    </Card>
  );
}

/** Keeps the last set while its members stay the same, so that the chart is not drawn again for nothing. */
function useStable(next: ReadonlySet<string>): ReadonlySet<string> {
  const [kept, setKept] = useState(next);
  const same = kept.size === next.size && [...next].every((key) => kept.has(key));
  if (!same) setKept(next);
  return same ? kept : next;
}
