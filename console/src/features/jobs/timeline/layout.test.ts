import { describe, expect, it } from 'vitest';
import type { RunState, TimelineLane } from '@/api/jobsContracts';
import { hitTest, lanesInView, layoutTimeline, lowerBound, mostRows, panView, runsInView, ticksOf, xOf, zoomView } from './layout';

type Run = TimelineLane['runs'][number];
const run = (startMs: number, endMs: number | null, state: RunState = 'succeeded', id = `r${startMs}`): Run => [startMs, endMs, state, id];
const lane = (name: string, runs: Run[], fires: TimelineLane['fires'] = []): TimelineLane => ({ taskId: name, name, runs, fires });
const view = { fromMs: 0, toMs: 1000 };

function random(seed: number) {
  let state = seed;
  return (bound: number) => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) % bound;
}

describe('layoutTimeline', () => {
  it('puts runs at the same time into different rows, and reuses a row once it is free', () => {
    const { lanes } = layoutTimeline([lane('a', [run(0, 100), run(50, 150), run(100, 200), run(160, null)])]);
    expect(lanes[0]?.runs.map((one) => one.row)).toEqual([0, 1, 0, 1]);
    expect(lanes[0]?.rows).toBe(2);
  });

  it('stacks lanes below each other, higher where runs overlap', () => {
    const { lanes, height } = layoutTimeline([lane('a', [run(0, 100), run(50, 150)]), lane('b', [])]);
    expect(lanes[1]?.top).toBe(lanes[0]?.height);
    expect(height).toBe((lanes[0]?.height ?? 0) + (lanes[1]?.height ?? 0));
    expect(lanes[0]?.height).toBeGreaterThan(lanes[1]?.height ?? 0);
  });

  it('lets no two runs of one row overlap, unless more run at once than there are rows', () => {
    const next = random(11);
    for (let round = 0; round < 50; round++) {
      const runs = Array.from({ length: 60 }, () => {
        const start = next(1000);
        return run(start, start + next(60));
      });
      const [laid] = layoutTimeline([lane('a', runs)]).lanes;
      for (let row = 0; row < mostRows - 1; row++) {
        const inRow = laid?.runs.filter((one) => one.row === row) ?? [];
        inRow.slice(1).forEach((one, index) => expect(one.startMs).toBeGreaterThanOrEqual(inRow[index]?.endMs ?? 0));
      }
    }
  });
});

describe('what is in view', () => {
  it('is the same as asked of every run, for any view', () => {
    const next = random(5);
    const runs = Array.from({ length: 300 }, (_, index) => {
      const start = next(10_000);
      return run(start, index % 40 === 0 ? null : start + next(500), 'succeeded', `r${index}`);
    });
    const [laid] = layoutTimeline([lane('a', runs)]).lanes;
    for (let round = 0; round < 100; round++) {
      const from = next(10_000);
      const window = { fromMs: from, toMs: from + next(3000) + 1 };
      const now = 12_000;
      const expected = runs.filter(([start, end]) => start <= window.toMs && (end ?? now) >= window.fromMs).map(([, , , id]) => id);
      expect(new Set(laid && runsInView(laid, window, now).map((one) => one.id))).toEqual(new Set(expected));
    }
  });

  it('is the lanes that a strip of the drawing touches', () => {
    const layout = layoutTimeline([lane('a', []), lane('b', []), lane('c', [])]);
    const height = layout.lanes[0]?.height ?? 0;
    expect(lanesInView(layout, height, height + 1).map((one) => one.name)).toEqual(['b']);
    expect(lanesInView(layout, height - 1, 2 * height + 1).map((one) => one.name)).toEqual(['a', 'b', 'c']);
  });
});

describe('hitTest', () => {
  const layout = layoutTimeline([lane('a', [run(100, 200, 'failed', 'x')], [[500, 'missed', 'serverDown']]), lane('b', [])]);

  it('finds the run under the pointer, and the fire that did not run', () => {
    expect(hitTest(layout, view, 1000, 1000, 150, 10)?.run?.id).toBe('x');
    expect(hitTest(layout, view, 1000, 1000, 502, 10)?.fire?.outcome).toBe('missed');
  });

  it('finds nothing beside them', () => {
    expect(hitTest(layout, view, 1000, 1000, 300, 10)).toBeNull();
    expect(hitTest(layout, view, 1000, 1000, 150, 40)).toBeNull();
    expect(hitTest(layout, view, 1000, 1000, 150, 4000)).toBeNull();
  });
});

it('zooms around the instant under the pointer', () => {
  const closer = zoomView({ fromMs: 0, toMs: 10_000 }, 0.5, 0.25);
  expect(closer).toEqual({ fromMs: 1250, toMs: 6250 });
  expect(xOf(2500, closer, 100)).toBe(25);
});

it('zooms no closer than a second and no further than some hundred days', () => {
  expect(zoomView({ fromMs: 0, toMs: 1000 }, 0.1, 0)).toEqual({ fromMs: 0, toMs: 1000 });
  const widest = zoomView({ fromMs: 0, toMs: 86_400_000 * 300 }, 10, 0);
  expect(zoomView(widest, 10, 0)).toEqual(widest);
});

it('pans without changing the length', () => {
  expect(panView({ fromMs: 0, toMs: 100 }, -30)).toEqual({ fromMs: -30, toMs: 70 });
});

it('has round ticks that are far enough apart', () => {
  const { seconds, gap } = ticksOf({ fromMs: 1_800_000_000_000, toMs: 1_800_003_600_000 }, 900, 90);
  expect(gap).toBe(600);
  expect(seconds.length).toBeGreaterThan(4);
  seconds.slice(1).forEach((at, index) => expect(at - (seconds[index] ?? 0)).toBe(gap));
});

it('finds where a value belongs', () => {
  expect([0, 1, 2, 4].map((wanted) => lowerBound([1, 2, 3], wanted, (item) => item))).toEqual([0, 0, 1, 3]);
});
