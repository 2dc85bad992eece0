import { expect, it } from 'vitest';
import { filterSpans, placeOfBar, readTrace } from './spans';

const span = (spanId: string, parentSpanId: string | undefined, startMs: number, endMs: number, more: object = {}) => ({
  traceId: 't', spanId, parentSpanId, name: `span ${spanId}`, startTimeUnixNano: `${startMs}000000`, endTimeUnixNano: `${endMs}000000`, status: {}, ...more,
});
const file = (...spans: object[]) => JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] });
const attribute = (key: string, value: object) => ({ key, value });
const shape = (text: string) => readTrace(text)?.rows.map(({ span: { id }, depth }) => `${'-'.repeat(depth)}${id}`);

it('puts spans below their parents in the order of their starts', () => {
  expect(shape(file(span('c', 'a', 40, 50), span('b', 'a', 20, 30), span('d', 'b', 25, 26), span('a', 'elsewhere', 10, 60)))).toEqual(['a', '-b', '--d', '-c']);
});

it('shows spans that are their own ancestors, once', () => {
  expect(shape(file(span('a', 'b', 10, 20), span('b', 'a', 11, 12), span('c', 'c', 13, 14)))).toEqual(['c', 'a', '-b']);
});

it('tells kinds by the runner’s names, and reads values of every type', () => {
  const trace = readTrace(file(
    span('a', undefined, 10, 60, { name: 'RUN CI', kind: 2, status: { code: 2, message: 'exit code 1' } }),
    span('b', 'a', 11, 12, { attributes: [attribute('gen_ai.operation.name', { stringValue: 'chat' }), attribute('tokens', { intValue: '12' }), attribute('reasons', { arrayValue: { values: [{ stringValue: 'x' }, { boolValue: true }] } })] }),
    span('c', 'a', 13, 14, { attributes: [attribute('gen_ai.operation.name', { stringValue: 'execute_tool' }), attribute('gen_ai.tool.call.id', { stringValue: 'toolu_1' })] }),
  ));
  expect(trace?.rows.map(({ span: { kind, failed, message, call } }) => [kind, failed, message, call])).toEqual([['run', true, 'exit code 1', null], ['model', false, null, null], ['tool', false, null, 'toolu_1']]);
  expect(trace?.rows[1]?.span.attributes.slice(1)).toEqual([['tokens', '12'], ['reasons', 'x, true']]);
  expect(filterSpans(trace?.rows ?? [], 'tool', '').map(({ span: { id } }) => id)).toEqual(['c']);
  expect(filterSpans(trace?.rows ?? [], 'failed', 'EXIT code').map(({ span: { id } }) => id)).toEqual(['a']);
  expect(filterSpans(trace?.rows ?? [], 'all', 'tokens=12').map(({ span: { id } }) => id)).toEqual(['b']);
});

it('lays bars over the time of the whole trace', () => {
  const trace = readTrace(file(span('a', undefined, 100, 300), span('b', 'a', 150, 250), span('c', 'a', 300, 200)));
  expect(trace && trace.rows.map((row) => placeOfBar(trace, row.span))).toEqual([{ left: 0, width: 1 }, { left: 0.25, width: 0.5 }, { left: 1, width: 0 }]);
  expect(placeOfBar({ startMs: 5, endMs: 5 }, { startMs: 5, endMs: 5 })).toEqual({ left: 0, width: 1 });
});

it('says of what is no trace that it is none, and leaves out what is no span', () => {
  expect(['', '{', '[]', 'null', '{"resourceSpans":3}'].map(readTrace)).toEqual([null, null, null, null, null]);
  expect(readTrace('{"resourceSpans":[]}')?.rows).toEqual([]);
  expect(shape(JSON.stringify({ resourceSpans: [null, { scopeSpans: [{ spans: [7, { spanId: '' }, { spanId: 'x' }, span('a', undefined, 1, 2)] }] }] }))).toEqual(['a']);
});

it('reads a chain of ten thousand spans', () => {
  const rows = readTrace(file(...Array.from({ length: 10_000 }, (_, number) => span(`s${number}`, number === 0 ? undefined : `s${number - 1}`, 1000 + number, 20_000))))?.rows;
  expect([rows?.length, rows?.at(-1)?.depth]).toEqual([10_000, 12]);
});
