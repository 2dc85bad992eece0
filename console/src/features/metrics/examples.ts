import type { Unit } from '@/lib/units';
import type { ChartKind } from '@/ui/chart/options';
import type { MetricsKey } from './messages';

export interface Example {
  question: MetricsKey;
  expression: string;
  unit?: Unit;
  kind?: ChartKind;
}

/** Queries for somebody who has just arrived; each answers on a fresh Signalbox. */
export const examples: readonly Example[] = [
  { question: 'example.cpu', expression: 'avg by (mode) (rate(node_cpu_seconds_total{mode!="idle"}[1m]))', unit: 'percent', kind: 'stacked' },
  { question: 'example.memory', expression: 'node_memory_MemAvailable_bytes' },
  { question: 'example.network', expression: 'sum by (device) (rate(node_network_receive_bytes_total[1m]))' },
  { question: 'example.disk', expression: '1 - node_filesystem_avail_bytes / node_filesystem_size_bytes', unit: 'percent' },
  { question: 'example.ingest', expression: 'sum by (protocol) (rate(signalbox_ingest_samples_total[1m]))', kind: 'stacked' },
  { question: 'example.latency', expression: 'histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket[5m])))' },
];
