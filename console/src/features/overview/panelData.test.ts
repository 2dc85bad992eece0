import { expect, it } from 'vitest';
import type { RangeAnswer } from '@/api/rangeQuery';
import { sourceState } from './Sources';
import { filesystemsOf } from './Filesystems';
import { headlineValue, panelData } from './panelData';
import { expressionFor, panels } from './panels';
import { visibleInterval } from './usePanels';

const answer = (labels: Record<string, string>[], toMs = 20_000): RangeAnswer => ({
  type: 'matrix', warnings: [], tookMs: 1, expression: '', stepSeconds: 10, interval: { fromMs: 0, toMs },
  series: labels.map((set, index) => ({ labels: set, points: [[10, index + 1]] })),
});
const cpu = panels.find((panel) => panel.id === 'cpu');
const memory = panels.find((panel) => panel.id === 'memory');

it('piles CPU modes in a fixed order and sums them for the headline', () => {
  if (!cpu) throw new Error('The CPU panel is gone.');
  const data = panelData(cpu, [answer([{ mode: 'steal' }, { mode: 'system' }, { mode: 'user' }])], (key) => key);
  expect(data?.series.map((one) => one.name)).toEqual(['user', 'system', 'steal']);
  expect(headlineValue(cpu, data)).toBe(6);
});

it('waits for the first answer and then shows what is there', () => {
  if (!memory) throw new Error('The memory panel is gone.');
  expect(panelData(memory, [undefined, undefined, undefined], (key) => key)).toBeUndefined();
  expect(panelData(memory, [answer([{}]), undefined, undefined], (key) => key)?.series).toHaveLength(1);
  expect(panelData(memory, [answer([]), answer([]), answer([])], (key) => key)?.series).toEqual([]);
});

it('fills the rate window into every expression', () => {
  for (const query of panels.flatMap((panel) => panel.queries)) expect(expressionFor(query, 15)).not.toContain('$');
});

it('tells neighbouring samples apart where there is nothing finer', () => {
  const [busy] = panels.flatMap((panel) => panel.queries);
  if (!busy) throw new Error('There is no panel.');
  expect(expressionFor(busy, 5)).toContain('(irate(');
  expect(expressionFor(busy, 15)).toContain('(rate(');
});

it('shortens a live range to its data, but not below two minutes', () => {
  const chart = { times: [0, 600, 890], stepSeconds: 10, series: [{ key: 'k', name: 'n', colour: 1, values: [null, null, 1] }] };
  expect(visibleInterval({ fromMs: 0, toMs: 900_000 }, [chart], true).fromMs).toBe(780_000);
  expect(visibleInterval({ fromMs: 0, toMs: 900_000 }, [chart], false).fromMs).toBe(0);
});

it('lists a device once, the fullest first', () => {
  const vector = (rows: [string, string, number][]) => ({
    type: 'vector' as const, warnings: [], tookMs: 1,
    series: rows.map(([mountpoint, device, value]) => ({ labels: { mountpoint, device }, points: [[0, value] as const] })),
  });
  const list = filesystemsOf(
    vector([['/', 'sda', 100e6], ['/mnt/bind', 'sda', 100e6], ['/data', 'sdb', 200e6], ['/run/key', 'none', 4096]]),
    vector([['/', 'sda', 60e6], ['/mnt/bind', 'sda', 60e6], ['/data', 'sdb', 20e6], ['/run/key', 'none', 4096]]),
  );
  expect(list.map((one) => one.mount)).toEqual(['/data', '/']);
});

it('tells failing, silent, rejecting and receiving sources apart', () => {
  const source = { kind: 'scrape', name: 'x', address: '', principal: '', lastSeenAt: new Date(1000).toISOString(), samplesPerSecond: 1, acceptedTotal: 1, rejectedTotal: 0, lastError: null, up: true } as const;
  expect(sourceState(source, 2000).key).toBe('sources.receiving');
  expect(sourceState({ ...source, up: false }, 2000).key).toBe('sources.failing');
  expect(sourceState({ ...source, lastError: 'x' }, 2000).key).toBe('sources.rejecting');
  expect(sourceState(source, 200_000).key).toBe('sources.silent');
});
