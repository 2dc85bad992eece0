import { request } from './client';
import type { Point } from '@/lib/chartData';
import type { LabelSet } from '@/lib/labels';
import type { Interval } from '@/lib/timeRange';

export interface Series {
  labels: LabelSet;
  points: Point[];
}

export interface QueryAnswer {
  type: 'matrix' | 'vector' | 'scalar' | 'string';
  series: Series[];
  /** What a `string` result says. */
  text?: string;
  warnings: string[];
  /** Time from sending to reading the whole answer. */
  tookMs: number;
}

type WirePoint = [number, string];
interface WireHistogram {
  count: string;
  sum: string;
}
interface WireSeries {
  metric: LabelSet;
  values?: WirePoint[];
  value?: WirePoint;
  histograms?: [number, WireHistogram][];
  histogram?: [number, WireHistogram];
}
interface Envelope<T> {
  status: 'success';
  data: T;
  warnings?: string[];
  infos?: string[];
}
interface WireResult {
  resultType: QueryAnswer['type'];
  result: WireSeries[] | WirePoint;
}

const root = '/prometheus/api/v1';
/** Longer than this a query goes as a form: servers bound the request line. */
const longestUrl = 3000;

export function parseValue(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

const readPoint = ([seconds, text]: WirePoint): Point => [seconds, parseValue(text)];

function readSeries(wire: WireSeries): Series {
  const floats = (wire.values ?? (wire.value ? [wire.value] : [])).map(readPoint);
  // A native histogram is drawn by its sum until the console can draw its shape.
  const histograms = (wire.histograms ?? (wire.histogram ? [wire.histogram] : [])).map(
    ([seconds, histogram]): Point => [seconds, parseValue(histogram.sum)],
  );
  return { labels: wire.metric, points: histograms.length === 0 ? floats : [...floats, ...histograms].sort((a, b) => a[0] - b[0]) };
}

function isPoint(result: WireSeries[] | WirePoint): result is WirePoint {
  return typeof result[0] === 'number';
}

export function readAnswer(envelope: Envelope<WireResult>, tookMs: number): QueryAnswer {
  const { resultType: type, result } = envelope.data;
  const warnings = [...(envelope.warnings ?? []), ...(envelope.infos ?? [])];
  if (!isPoint(result)) return { type, series: result.map(readSeries), warnings, tookMs };
  if (type === 'string') return { type, series: [], text: result[1], warnings, tookMs };
  return { type, series: [{ labels: {}, points: [readPoint(result)] }], warnings, tookMs };
}

async function ask<T>(path: string, query: URLSearchParams, signal?: AbortSignal): Promise<Envelope<T>> {
  const long = query.toString().length > longestUrl;
  return request<Envelope<T>>(long ? 'POST' : 'GET', root + path, long ? { form: query, signal } : { query, signal });
}

async function timed(path: string, query: URLSearchParams, signal?: AbortSignal): Promise<QueryAnswer> {
  const started = performance.now();
  const envelope = await ask<WireResult>(path, query, signal);
  return readAnswer(envelope, performance.now() - started);
}

export function queryRange(query: string, interval: Interval, stepSeconds: number, signal?: AbortSignal): Promise<QueryAnswer> {
  const params = new URLSearchParams({
    query,
    start: String(interval.fromMs / 1000),
    end: String(interval.toMs / 1000),
    step: String(stepSeconds),
  });
  return timed('/query_range', params, signal);
}

export function queryInstant(query: string, timeMs: number, signal?: AbortSignal): Promise<QueryAnswer> {
  return timed('/query', new URLSearchParams({ query, time: String(timeMs / 1000) }), signal);
}

export interface MetricMetadata {
  type: string;
  help: string;
  unit?: string;
}

export async function labelNames(match: string | undefined, signal?: AbortSignal): Promise<string[]> {
  return (await ask<string[]>('/labels', matching(match), signal)).data;
}

export async function labelValues(label: string, match: string | undefined, signal?: AbortSignal): Promise<string[]> {
  return (await ask<string[]>(`/label/${encodeURIComponent(label)}/values`, matching(match), signal)).data;
}

export async function seriesOf(match: string, signal?: AbortSignal): Promise<Record<string, string>[]> {
  return (await ask<Record<string, string>[]>('/series', matching(match), signal)).data;
}

export async function metricMetadata(signal?: AbortSignal): Promise<Record<string, MetricMetadata[]>> {
  return (await ask<Record<string, MetricMetadata[]>>('/metadata', new URLSearchParams(), signal)).data;
}

function matching(match: string | undefined): URLSearchParams {
  return new URLSearchParams(match === undefined ? {} : { 'match[]': match });
}
