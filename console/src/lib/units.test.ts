import { expect, it } from 'vitest';
import { unitOf } from './units';

it.each([
  ['node_memory_MemAvailable_bytes', 'bytes'],
  ['rate(node_network_receive_bytes_total[5m])', 'bytesPerSecond'],
  ['sum by (device) (rate(node_disk_read_bytes_total{device=~"sd.*"}[5m]))', 'bytesPerSecond'],
  ['histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket[5m])))', 'seconds'],
  ['rate(http_requests_total[5m])', 'perSecond'],
  ['http_requests_total', 'number'],
  ['rate(node_cpu_seconds_total[1m])', 'number'],
  ['rate(a_seconds_sum[5m]) / rate(a_seconds_count[5m])', 'number'],
  ['node_filesystem_avail_bytes / node_filesystem_size_bytes', 'number'],
  ['count(node_memory_MemTotal_bytes)', 'number'],
  ['cache_hit_ratio', 'percent'],
  ['process_start_time_seconds', 'timestamp'],
  ['x{job="a_bytes"}', 'number'],
  ['# disk_bytes\nup', 'number'],
  ['', 'number'],
] as const)('finds the unit of %s', (expression, unit) => {
  expect(unitOf(expression)).toBe(unit);
});
