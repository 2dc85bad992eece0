/** Made-up series in the shape of this host and of Signalbox, for looking at the console without a server. */

type Labels = Record<string, string>;
export interface FakeSeries {
  labels: Labels;
  at: (seconds: number) => number;
}

function hash(text: string): number {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 16777619);
  return (value >>> 0) / 2 ** 32;
}

/** Smooth noise around 0, between -1 and 1, the same for the same seed and time. */
export function wave(seed: string, seconds: number): number {
  const phase = hash(seed) * 6.28;
  const jitter = hash(`${seed}${Math.floor(seconds / 5)}`) - 0.5;
  return 0.45 * Math.sin(seconds / 97 + phase) + 0.3 * Math.sin(seconds / 31 + phase * 3) + 0.2 * Math.sin(seconds / 611 + phase) + jitter * 0.35;
}

const gib = 2 ** 30;
const level = (middle: number, swing: number) => (labels: Labels) => (seconds: number) =>
  Math.max(0, middle * (0.6 + 0.8 * hash(JSON.stringify(labels))) + swing * wave(JSON.stringify(labels), seconds));
const exactly = (value: number) => () => () => value;

type Make = (labels: Labels) => (seconds: number) => number;
interface Family {
  name: string;
  type: string;
  help: string;
  sets: Labels[];
  make: Make;
}

const host = { job: 'node', instance: 'host-07:7070' };
const self = { job: 'signalbox', instance: '127.0.0.1:7070' };
const each = (base: Labels, name: string, values: string[], extra: Labels = {}) => values.map((value) => ({ ...base, ...extra, [name]: value }));
const modes: Record<string, number> = { user: 0.17, system: 0.07, iowait: 0.02, nice: 0.002, irq: 0.001, softirq: 0.008, steal: 0.003, idle: 0.72 };
const cpuShare: Make = (labels) => (seconds) => {
  const share = modes[labels['mode'] ?? ''] ?? 0;
  return Math.max(0, share * (1 + (labels['mode'] === 'idle' ? 0.12 : 0.55) * wave(JSON.stringify(labels), seconds)));
};
const disks = [
  { mountpoint: '/', device: '/dev/nvme0n1p2', fstype: 'ext4', size: 468, free: 171 },
  { mountpoint: '/boot/efi', device: '/dev/nvme0n1p1', fstype: 'vfat', size: 0.5, free: 0.47 },
  { mountpoint: '/var/lib/data', device: '/dev/sda1', fstype: 'xfs', size: 1863, free: 130 },
];
const fsSets = disks.map(({ mountpoint, device, fstype }) => ({ ...host, mountpoint, device, fstype }));
const fsValue = (pick: 'size' | 'free'): Make => (labels) => () => (disks.find((disk) => disk.mountpoint === labels['mountpoint'])?.[pick] ?? 0) * gib;
const bounds = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '+Inf'];

export const families: Family[] = [
  { name: 'up', type: 'gauge', help: '1 when the last scrape worked.', sets: [host, self, { job: 'shop', instance: '10.0.0.4:9100' }], make: exactly(1) },
  { name: 'node_cpu_seconds_total', type: 'counter', help: 'Seconds the CPUs spent in each mode.', sets: ['0', '1', '2', '3'].flatMap((cpu) => each(host, 'mode', Object.keys(modes), { cpu })), make: cpuShare },
  ...['1', '5', '15'].map((n) => ({ name: `node_load${n}`, type: 'gauge', help: `${n}m load average.`, sets: [{ ...host, window: n }], make: level(1.1, 0.9 / Math.sqrt(Number(n))) })),
  { name: 'node_memory_MemTotal_bytes', type: 'gauge', help: 'Memory of this machine.', sets: [host], make: exactly(31.2 * gib) },
  { name: 'node_memory_MemAvailable_bytes', type: 'gauge', help: 'Memory programs can still take.', sets: [host], make: () => (s) => 17.4 * gib + gib * wave('mem', s) },
  { name: 'node_memory_MemFree_bytes', type: 'gauge', help: 'Memory that holds nothing.', sets: [host], make: () => (s) => 6.1 * gib + 0.6 * gib * wave('free', s) },
  { name: 'node_memory_Cached_bytes', type: 'gauge', help: 'File contents kept in memory.', sets: [host], make: exactly(9.6 * gib) },
  { name: 'node_memory_Buffers_bytes', type: 'gauge', help: 'Block device buffers.', sets: [host], make: exactly(0.7 * gib) },
  { name: 'node_filesystem_size_bytes', type: 'gauge', help: 'Size of the filesystem.', sets: fsSets, make: fsValue('size') },
  { name: 'node_filesystem_avail_bytes', type: 'gauge', help: 'Space left for everybody.', sets: fsSets, make: fsValue('free') },
  { name: 'node_disk_read_bytes_total', type: 'counter', help: 'Bytes read.', sets: each(host, 'device', ['nvme0n1', 'sda']), make: level(1.2e6, 1.5e6) },
  { name: 'node_disk_written_bytes_total', type: 'counter', help: 'Bytes written.', sets: each(host, 'device', ['nvme0n1', 'sda']), make: level(4.1e6, 4e6) },
  { name: 'node_network_receive_bytes_total', type: 'counter', help: 'Bytes received.', sets: each(host, 'device', ['enp3s0', 'wlan0', 'lo']), make: level(310e3, 260e3) },
  { name: 'node_network_transmit_bytes_total', type: 'counter', help: 'Bytes sent.', sets: each(host, 'device', ['enp3s0', 'wlan0', 'lo']), make: level(120e3, 90e3) },
  { name: 'signalbox_ingest_samples_total', type: 'counter', help: 'Samples accepted.', sets: each(self, 'protocol', ['host', 'self', 'otlp-grpc', 'otlp-http', 'remote-write', 'scrape']), make: level(160, 90) },
  { name: 'signalbox_metrics_store_series_active', type: 'gauge', help: 'Series with a sample of late.', sets: [self], make: () => (s) => Math.round(4120 + 80 * wave('series', s)) },
  { name: 'process_resident_memory_bytes', type: 'gauge', help: 'Resident memory.', sets: [self, { job: 'shop', instance: '10.0.0.4:9100' }], make: () => (s) => 118e6 + 9e6 * wave('rss', s) },
  { name: 'process_cpu_seconds_total', type: 'counter', help: 'CPU time used.', sets: [self], make: level(0.03, 0.02) },
  { name: 'signalbox_query_duration_seconds_bucket', type: 'histogram', help: 'Time to answer PromQL.', sets: each(self, 'le', bounds), make: (labels) => (s) => (bounds.indexOf(labels['le'] ?? '') + 1) * (1 + 0.1 * wave('q', s)) },
  { name: 'http_server_request_duration_seconds_count', type: 'histogram', help: 'Requests.', sets: each(self, 'http_response_status_code', ['200', '204', '401', '503']), make: level(12, 8) },
  { name: 'shop_requests_total', type: 'counter', help: 'Requests by route and pod.', sets: Array.from({ length: 50 }, (_, i) => ({ job: 'shop', pod: `shop-${(i * 7919).toString(36)}`, route: ['/cart', '/pay', '/items', '/search'][i % 4] ?? '' })), make: level(40, 25) },
];

export function seriesOf(name: string): FakeSeries[] {
  const family = families.find((candidate) => candidate.name === name);
  return (family?.sets ?? []).map((set) => ({ labels: { __name__: name, ...set }, at: (family as Family).make(set) }));
}
