import { rateWindow } from '@/lib/timeRange';
import type { Unit } from '@/lib/units';
import type { ChartKind } from '@/ui/chart/options';
import type { OverviewKey } from './messages';

/**
 * Every query of the overview. `$w` stands for a rate window that fits the step, `$rate` for the function that does. `by` takes the series' names from
 * a label; `name` gives the only series of a query its name.
 */
export interface PanelQuery {
  expression: string;
  by?: string;
  name?: OverviewKey;
  /** Colour per label value, or of the only series; others are chosen by name. */
  colours?: Readonly<Record<string, number>>;
  colour?: number;
  /** Label values from the bottom of a pile to its top. */
  order?: readonly string[];
}

export interface Panel {
  id: string;
  title: OverviewKey;
  unit: Unit;
  kind: ChartKind;
  max?: number;
  /** The figure beside the title: the newest sum of all series, or of the first one. */
  headline: 'sum' | 'first';
  /** A text around the figure, with `{value}`. */
  headlineText?: OverviewKey;
  queries: readonly PanelQuery[];
  wide?: boolean;
}

/** How often this host and Signalbox itself are measured, in seconds. */
export const measureEverySeconds = 5;

/**
 * At the finest step the newest two samples are all that a point stands for. `rate` would spread them over its whole window, so
 * that everything looks far too idle for the first seconds after a start.
 */
export const expressionFor = (query: PanelQuery, stepSeconds: number): string =>
  query.expression
    .replaceAll('$w', rateWindow(stepSeconds, measureEverySeconds))
    .replaceAll('$rate', stepSeconds <= measureEverySeconds ? 'irate' : 'rate');

const node = 'job="node"';
const self = 'job="signalbox"';
const realDisks = 'device!~"(loop|ram|zram|dm-|md|sr).*"';
const realNetworks = 'device!~"lo|(veth|docker|br-|virbr|cni|flannel|cali).*"';

export const hostPanels: readonly Panel[] = [
  {
    id: 'cpu',
    title: 'panel.cpu',
    unit: 'percent',
    kind: 'stacked',
    max: 1,
    headline: 'sum',
    headlineText: 'busy',
    wide: true,
    queries: [
      {
        expression: `avg by (mode) ($rate(node_cpu_seconds_total{${node},mode!="idle"}[$w]))`,
        by: 'mode',
        order: ['user', 'system', 'nice', 'iowait', 'irq', 'softirq', 'steal'],
        colours: { user: 1, system: 2, nice: 8, iowait: 7, irq: 5, softirq: 6, steal: 4 },
      },
    ],
  },
  {
    id: 'load',
    title: 'panel.load',
    unit: 'number',
    kind: 'line',
    headline: 'first',
    queries: [
      { expression: `node_load1{${node}}`, name: 'load.1', colour: 1 },
      { expression: `node_load5{${node}}`, name: 'load.5', colour: 3 },
      { expression: `node_load15{${node}}`, name: 'load.15', colour: 8 },
      { expression: `count(count by (cpu) (node_cpu_seconds_total{${node}}))`, name: 'load.cpus', colour: 0 },
    ],
  },
  {
    id: 'memory',
    title: 'panel.memory',
    unit: 'bytes',
    kind: 'stacked',
    headline: 'first',
    headlineText: 'inUse',
    queries: [
      { expression: `node_memory_MemTotal_bytes{${node}} - node_memory_MemAvailable_bytes{${node}}`, name: 'memory.used', colour: 1 },
      { expression: `node_memory_MemAvailable_bytes{${node}} - node_memory_MemFree_bytes{${node}}`, name: 'memory.cache', colour: 6 },
      { expression: `node_memory_MemFree_bytes{${node}}`, name: 'memory.free', colour: 11 },
    ],
  },
  {
    id: 'disk',
    title: 'panel.disk',
    unit: 'bytesPerSecond',
    kind: 'area',
    headline: 'sum',
    queries: [
      { expression: `sum($rate(node_disk_read_bytes_total{${node},${realDisks}}[$w]))`, name: 'disk.read', colour: 3 },
      { expression: `sum($rate(node_disk_written_bytes_total{${node},${realDisks}}[$w]))`, name: 'disk.written', colour: 2 },
    ],
  },
  {
    id: 'network',
    title: 'panel.network',
    unit: 'bytesPerSecond',
    kind: 'area',
    headline: 'sum',
    queries: [
      { expression: `sum($rate(node_network_receive_bytes_total{${node},${realNetworks}}[$w]))`, name: 'network.received', colour: 1 },
      { expression: `sum($rate(node_network_transmit_bytes_total{${node},${realNetworks}}[$w]))`, name: 'network.sent', colour: 4 },
    ],
  },
];

export const selfPanels: readonly Panel[] = [
  {
    id: 'ingest',
    title: 'panel.ingest',
    unit: 'perSecond',
    kind: 'stacked',
    headline: 'sum',
    wide: true,
    queries: [{ expression: `sum by (protocol) ($rate(signalbox_ingest_samples_total{${self}}[$w]))`, by: 'protocol' }],
  },
  {
    id: 'series',
    title: 'panel.series',
    unit: 'number',
    kind: 'area',
    headline: 'first',
    queries: [{ expression: `sum(signalbox_metrics_store_series_active{${self}})`, name: 'series.active', colour: 3 }],
  },
  {
    id: 'query',
    title: 'panel.query',
    unit: 'seconds',
    kind: 'line',
    headline: 'first',
    headlineText: 'median',
    queries: [
      { expression: quantile('0.5'), name: 'query.p50', colour: 3 },
      { expression: quantile('0.95'), name: 'query.p95', colour: 2 },
      { expression: quantile('0.99'), name: 'query.p99', colour: 7 },
    ],
  },
  {
    id: 'resident',
    title: 'panel.resident',
    unit: 'bytes',
    kind: 'area',
    headline: 'first',
    queries: [{ expression: `process_resident_memory_bytes{${self}}`, name: 'memory.resident', colour: 8 }],
  },
];

function quantile(q: string): string {
  return `histogram_quantile(${q}, sum by (le) (rate(signalbox_query_duration_seconds_bucket{${self}}[1m])))`;
}

export const panels: readonly Panel[] = [...hostPanels, ...selfPanels];

/** Instant queries behind the list of filesystems. */
export const filesystemQueries = {
  // A filesystem below 16 MiB is a mount point for some file or socket, not a place that fills.
  size: `node_filesystem_size_bytes{${node}} >= 16777216`,
  available: `node_filesystem_avail_bytes{${node}}`,
};
