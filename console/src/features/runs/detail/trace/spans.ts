/** What a span is about; the runner's own names tell it. */
export const spanKinds = ['run', 'agent', 'model', 'tool', 'other'] as const;
export type SpanKind = (typeof spanKinds)[number];

export interface Span {
  id: string;
  parent: string | null;
  name: string;
  kind: SpanKind;
  startMs: number;
  endMs: number;
  failed: boolean;
  /** What its status says. */
  message: string | null;
  attributes: readonly [name: string, value: string][];
  /** The tool call that it is. */
  call: string | null;
}

/** A span in the order in which it is shown, with its depth below the first. */
export interface SpanRow {
  span: Span;
  depth: number;
}

export interface Trace {
  rows: readonly SpanRow[];
  startMs: number;
  endMs: number;
}

type Json = Record<string, unknown>;
const statusError = new Set<unknown>([2, 'STATUS_CODE_ERROR']);
const deepest = 12;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const itemsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An attribute's value as text, whatever its type is. */
function valueOf(value: unknown): string {
  if (!isObject(value)) return '';
  const { arrayValue, kvlistValue, ...plain } = value;
  if (isObject(arrayValue)) return itemsOf(arrayValue['values']).map(valueOf).join(', ');
  if (isObject(kvlistValue)) return itemsOf(kvlistValue['values']).map(({ key, value: inner }) => `${textOf(key)}=${valueOf(inner)}`).join(', ');
  const [first] = Object.values(plain);
  return typeof first === 'string' ? first : JSON.stringify(first ?? '');
}

function kindOf(name: string, attributes: ReadonlyMap<string, string>): SpanKind {
  const operation = attributes.get('gen_ai.operation.name') ?? '';
  if (operation === 'chat' || operation === 'generate_content' || operation === 'text_completion') return 'model';
  if (operation === 'execute_tool') return 'tool';
  if (operation === 'invoke_agent' || operation === 'create_agent') return 'agent';
  return attributes.has('cicd.pipeline.action.name') || name.startsWith('RUN ') ? 'run' : 'other';
}

function readSpan(json: Json): Span | null {
  const startMs = Number(json['startTimeUnixNano']) / 1e6;
  const endMs = Number(json['endTimeUnixNano']) / 1e6;
  const id = textOf(json['spanId']);
  if (id === '' || !(startMs > 0)) return null;
  const attributes = itemsOf(json['attributes']).map(({ key, value }): [string, string] => [textOf(key), valueOf(value)]);
  const known = new Map(attributes);
  const status = isObject(json['status']) ? json['status'] : {};
  const name = textOf(json['name']);
  return {
    id,
    parent: textOf(json['parentSpanId']) || null,
    name,
    kind: kindOf(name, known),
    startMs,
    endMs: endMs >= startMs ? endMs : startMs,
    failed: statusError.has(status['code']),
    message: textOf(status['message']) || null,
    attributes,
    call: known.get('gen_ai.tool.call.id') ?? null,
  };
}

/** Each span below its parent, in the order of their starts; a span whose parent is not there stands at the top, and so does one that is its own ancestor. */
function inOrder(spans: readonly Span[]): SpanRow[] {
  const ids = new Set(spans.map(({ id }) => id));
  const byStart = [...spans].sort((a, b) => a.startMs - b.startMs);
  const children = new Map<string, Span[]>();
  for (const span of byStart) {
    const parent = span.parent !== null && span.parent !== span.id && ids.has(span.parent) ? span.parent : '';
    const siblings = children.get(parent);
    if (siblings) siblings.push(span);
    else children.set(parent, [span]);
  }
  const rows: SpanRow[] = [];
  const seen = new Set<string>();
  const walk = (from: readonly Span[]) => {
    // A stack instead of calls: how deep a trace goes is up to whoever wrote it.
    const stack = from.map((span): SpanRow => ({ span, depth: 0 })).reverse();
    for (let row = stack.pop(); row; row = stack.pop()) {
      if (seen.has(row.span.id)) continue;
      seen.add(row.span.id);
      rows.push(row);
      const depth = Math.min(row.depth + 1, deepest);
      for (const span of (children.get(row.span.id) ?? []).toReversed()) stack.push({ span, depth });
    }
  };
  walk(children.get('') ?? []);
  walk(byStart);
  return rows;
}

/** Reads spans in OTLP's JSON; null for what is none. */
export function readTrace(text: string): Trace | null {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(whole) || !Array.isArray(whole['resourceSpans'])) return null;
  const spans = itemsOf(whole['resourceSpans'])
    .flatMap(({ scopeSpans }) => itemsOf(scopeSpans))
    .flatMap((scope) => itemsOf(scope['spans']))
    .map(readSpan)
    .filter((span) => span !== null);
  const startMs = spans.reduce((least, span) => Math.min(least, span.startMs), Infinity);
  const endMs = spans.reduce((most, span) => Math.max(most, span.endMs), -Infinity);
  return { rows: inOrder(spans), startMs, endMs };
}

export const spanGroups = ['all', 'model', 'tool', 'failed'] as const;
export type SpanGroup = (typeof spanGroups)[number];

/** The rows of a group in which a text stands. */
export function filterSpans(rows: readonly SpanRow[], group: SpanGroup, text: string): readonly SpanRow[] {
  const wanted = text.trim().toLowerCase();
  if (group === 'all' && wanted === '') return rows;
  const holds = ({ name, message, attributes }: Span) => wanted === '' || [name, message ?? '', ...attributes.map(([key, value]) => `${key}=${value}`)].some((part) => part.toLowerCase().includes(wanted));
  return rows.filter(({ span }) => (group === 'all' || (group === 'failed' ? span.failed : span.kind === group)) && holds(span));
}

/** Where a span's bar lies, in shares of the whole trace. */
export function placeOfBar({ startMs, endMs }: Pick<Trace, 'startMs' | 'endMs'>, span: Pick<Span, 'startMs' | 'endMs'>): { left: number; width: number } {
  const whole = endMs - startMs;
  return whole > 0 ? { left: (span.startMs - startMs) / whole, width: (span.endMs - span.startMs) / whole } : { left: 0, width: 1 };
}
