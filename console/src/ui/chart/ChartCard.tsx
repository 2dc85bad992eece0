import { Ellipsis, Expand, FileDown, ImageDown, Table2, TriangleAlert } from 'lucide-react';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import type { ChartData } from '@/lib/chartData';
import { formatRelative } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import type { Interval } from '@/lib/timeRange';
import type { Unit } from '@/lib/units';
import { useNow } from '@/lib/useNow';
import { IconButton } from '../Button';
import { cx } from '../cx';
import { Dialog } from '../Dialog';
import { Menu, MenuItem, MenuSeparator } from '../Menu';
import { useUiMessages } from '../messages';
import { Card } from '../Page';
import { ErrorState, Skeleton } from '../States';
import { Tooltip } from '../Tooltip';
import { ChartTable } from './ChartTable';
import { CompactLegend } from './Legend';
import { downloadCsv, downloadPng } from './exports';
import type { ChartKind } from './options';
import { TimeChart } from './TimeChart';

export interface ChartState {
  /** Undefined until the first answer. */
  data: ChartData | undefined;
  interval: Interval | undefined;
  error: (Error & { code?: string; requestId?: string | null }) | null;
  /** Milliseconds since 1970 of the newest answer. */
  updatedAt: number;
}

export interface ChartCardProps {
  title: string;
  /** The figure that matters most, large beside the title. */
  headline?: ReactNode;
  state: ChartState;
  unit: Unit;
  kind: ChartKind;
  max?: number;
  height?: number;
  syncKey?: string;
  legend?: boolean;
  emptyText: string;
  /** After this age in milliseconds data counts as stale and says so. */
  staleAfterMs?: number;
  menu?: ReactNode;
  /** Leaves out title and frame, where a dialog has them already. */
  bare?: boolean;
  onExpand?: () => void;
  onRetry: () => void;
  onZoom?: (interval: Interval) => void;
  onZoomOut?: () => void;
}


interface HeadlineProps {
  updatedAt: number;
  error: Error | null;
  staleAfterMs: number;
  children: ReactNode;
}

/** The newest figure; once it is out of date its age stands in its place. */
function Headline({ updatedAt, error, staleAfterMs, children }: HeadlineProps) {
  const t = useUiMessages();
  const locale = useLocale();
  const now = useNow(5000);
  if (updatedAt === 0 || (now - updatedAt < staleAfterMs && error === null)) return <span className="text-base font-semibold">{children}</span>;
  const age = t('staleSince', { age: formatRelative(locale, updatedAt, now) });
  return (
    <Tooltip text={error ? t('refreshFailed', { reason: error.message }) : age}>
      <span tabIndex={0} className="inline-flex items-center gap-1 rounded text-xs text-warn">
        <TriangleAlert size={12} aria-hidden="true" />
        {age}
      </span>
    </Tooltip>
  );
}

function CardBody(props: ChartCardProps & { canvasRef: (canvas: HTMLCanvasElement | null) => void }) {
  const { state, height = 190, emptyText } = props;
  const { data, interval } = state;
  if (data === undefined || interval === undefined) {
    if (state.error) return <ErrorState compact error={state.error} onRetry={props.onRetry} />;
    return (
      <div className="px-4 pb-4" style={{ height }}>
        <Skeleton className="h-full" />
      </div>
    );
  }
  if (data.series.length === 0) {
    return (
      <div className="flex items-center justify-center px-6 pb-4 text-center text-ink-3" style={{ height }}>
        {emptyText}
      </div>
    );
  }
  const { title, unit, kind, max, syncKey, onZoom, onZoomOut, canvasRef } = props;
  return <TimeChart {...{ title, data, unit, kind, max, height, interval, syncKey, onZoom, onZoomOut, canvasRef }} />;
}

/** A chart with its title, its newest figure, its legend and its menu, in all the states it can be in. */
export function ChartCard(props: ChartCardProps) {
  const { title, bare, headline, state, unit, legend = true, staleAfterMs = 60_000, menu, onExpand } = props;
  const t = useUiMessages();
  const [asTable, setAsTable] = useState(false);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const canvasRef = useCallback((element: HTMLCanvasElement | null) => {
    canvas.current = element;
  }, []);
  const { data } = state;
  const filled = data !== undefined && data.series.length > 0;
  return (
    <Card className={cx('flex h-full flex-col', bare && 'border-0 shadow-none')}>
      <div className="flex min-h-11 items-center gap-2 pt-1.5 pr-1.5 pl-4">
        {!bare && <h3 className="truncate text-sm font-medium text-ink-2">{title}</h3>}
        <div className="tabular ml-auto whitespace-nowrap">
          {filled && (
            <Headline updatedAt={state.updatedAt} error={state.error} staleAfterMs={staleAfterMs}>
              {headline}
            </Headline>
          )}
        </div>
        <Menu trigger={<IconButton label={`${t('chartActions')}: ${title}`} icon={<Ellipsis size={16} />} />}>
          {onExpand && <MenuItem icon={<Expand size={15} />} onSelect={onExpand}>{t('expand')}</MenuItem>}
          {menu}
          {filled && (
            <>
              <MenuSeparator />
              <MenuItem icon={<Table2 size={15} />} onSelect={() => setAsTable(true)}>{t('showTable')}</MenuItem>
              <MenuItem icon={<FileDown size={15} />} onSelect={() => downloadCsv(title, data)}>{t('downloadCsv')}</MenuItem>
              <MenuItem icon={<ImageDown size={15} />} onSelect={() => canvas.current && downloadPng(title, canvas.current)}>{t('downloadPng')}</MenuItem>
            </>
          )}
        </Menu>
      </div>
      <CardBody {...props} canvasRef={canvasRef} />
      {legend && filled && <CompactLegend series={data.series} unit={unit} />}
      {asTable && filled && (
        <Dialog open onOpenChange={setAsTable} title={title} wide>
          <ChartTable title={title} data={data} unit={unit} />
        </Dialog>
      )}
    </Card>
  );
}
