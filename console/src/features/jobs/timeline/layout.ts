import type { RunState, TimelineLane } from '@/api/jobsContracts';
import type { Interval } from '@/lib/timeRange';

export interface LaidRun {
  startMs: number;
  /** Null while it runs. */
  endMs: number | null;
  state: RunState;
  id: string;
  /** Sub-row within the lane; runs at the same time lie in different ones. */
  row: number;
}
export interface LaidFire {
  atMs: number;
  outcome: 'missed' | 'skipped' | 'coalesced';
  reason: string | null;
}
export interface LaidLane {
  taskId: string;
  name: string;
  /** Sorted by start. */
  runs: readonly LaidRun[];
  fires: readonly LaidFire[];
  rows: number;
  /** The longest run: how far left of the view a run may start and still reach into it. */
  longestMs: number;
  top: number;
  height: number;
}
export interface TimelineLayout {
  lanes: readonly LaidLane[];
  height: number;
  runCount: number;
}

export const rowHeight = 14;
export const rowGap = 2;
export const lanePadding = 7;
/** More at the same time share the last sub-row. */
export const mostRows = 6;
/** Narrower bars would not be seen, nor hit. */
export const leastBar = 3;

/** Gives each run the first sub-row that is free when it starts. */
function stacked(runs: TimelineLane['runs']): { runs: LaidRun[]; rows: number; longestMs: number } {
  const free: number[] = [];
  let longestMs = 0;
  const sorted = [...runs].sort((a, b) => a[0] - b[0]);
  const laid = sorted.map(([startMs, endMs, state, id]): LaidRun => {
    let row = free.findIndex((until) => until <= startMs);
    if (row < 0) row = Math.min(free.length, mostRows - 1);
    free[row] = Math.max(free[row] ?? 0, endMs ?? Infinity);
    longestMs = Math.max(longestMs, (endMs ?? Infinity) - startMs);
    return { startMs, endMs, state, id, row };
  });
  return { runs: laid, rows: Math.max(1, free.length), longestMs };
}

/** Where everything lies, apart from the time that is in view; done once for each answer. */
export function layoutTimeline(lanes: readonly TimelineLane[]): TimelineLayout {
  let top = 0;
  let runCount = 0;
  const laid = lanes.map((lane): LaidLane => {
    const { runs, rows, longestMs } = stacked(lane.runs);
    const fires = lane.fires.map(([atMs, outcome, reason]): LaidFire => ({ atMs, outcome, reason })).sort((a, b) => a.atMs - b.atMs);
    const height = rows * (rowHeight + rowGap) - rowGap + 2 * lanePadding;
    const result = { taskId: lane.taskId, name: lane.name, runs, fires, rows, longestMs, top, height };
    top += height;
    runCount += runs.length;
    return result;
  });
  return { lanes: laid, height: top, runCount };
}

/** The first index whose value is not below the wanted one, in a sorted list. */
export function lowerBound<T>(items: readonly T[], wanted: number, by: (item: T) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (by(items[middle] as T) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The runs of a lane that reach into the view. */
export function runsInView(lane: LaidLane, view: Interval, nowMs: number): LaidRun[] {
  const found: LaidRun[] = [];
  for (let index = lowerBound(lane.runs, view.fromMs - lane.longestMs, (run) => run.startMs); index < lane.runs.length; index++) {
    const run = lane.runs[index] as LaidRun;
    if (run.startMs > view.toMs) break;
    if ((run.endMs ?? nowMs) >= view.fromMs) found.push(run);
  }
  return found;
}

/** The lanes between two heights. */
export function lanesInView(layout: TimelineLayout, fromY: number, toY: number): readonly LaidLane[] {
  const first = Math.max(0, lowerBound(layout.lanes, fromY + 1, (lane) => lane.top) - 1);
  const end = lowerBound(layout.lanes, toY, (lane) => lane.top);
  return layout.lanes.slice(first, end);
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const xOf = (ms: number, view: Interval, width: number): number => ((ms - view.fromMs) / (view.toMs - view.fromMs)) * width;
export const msOf = (x: number, view: Interval, width: number): number => view.fromMs + (x / width) * (view.toMs - view.fromMs);

/** Where a run is drawn, cut to the view with a little over so that its end is seen to go on. */
export function boxOf(lane: LaidLane, run: LaidRun, view: Interval, width: number, nowMs: number): Box {
  const left = Math.max(xOf(run.startMs, view, width), -8);
  const right = Math.min(xOf(run.endMs ?? nowMs, view, width), width + 8);
  return { x: left, y: lane.top + lanePadding + run.row * (rowHeight + rowGap), width: Math.max(right - left, leastBar), height: rowHeight };
}

export type Hit = { lane: LaidLane; run: LaidRun; fire: null } | { lane: LaidLane; run: null; fire: LaidFire };

const reach = 4;

/** What lies under a point of the drawing; of bars one over the other, the one that is drawn last. */
export function hitTest(layout: TimelineLayout, view: Interval, width: number, nowMs: number, x: number, y: number): Hit | null {
  const lane = lanesInView(layout, y, y + 1)[0];
  if (!lane || y < lane.top || y >= lane.top + lane.height) return null;
  const run = runsInView(lane, view, nowMs).findLast((candidate) => {
    const box = boxOf(lane, candidate, view, width, nowMs);
    return x >= box.x - 1 && x <= box.x + box.width + 1 && y >= box.y - 1 && y <= box.y + box.height + 1;
  });
  if (run) return { lane, run, fire: null };
  const fire = lane.fires.find((candidate) => Math.abs(xOf(candidate.atMs, view, width) - x) <= reach + 1);
  return fire ? { lane, run: null, fire } : null;
}

const shortestMs = 1000;
const longestMs = 400 * 86_400_000;

/** Zooms by a factor, below 1 for closer, keeping the instant at `anchor` (0–1) where it is. */
export function zoomView(view: Interval, factor: number, anchor: number): Interval {
  const length = view.toMs - view.fromMs;
  const next = Math.min(Math.max(length * factor, shortestMs), longestMs);
  const fixed = view.fromMs + length * anchor;
  return { fromMs: Math.round(fixed - next * anchor), toMs: Math.round(fixed + next * (1 - anchor)) };
}

export function panView(view: Interval, byMs: number): Interval {
  return { fromMs: Math.round(view.fromMs + byMs), toMs: Math.round(view.toMs + byMs) };
}

const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000];

/** Round instants in view, in seconds, at least `leastGap` pixels apart, aligned to the clock of the place. */
export function ticksOf(view: Interval, width: number, leastGap: number): { seconds: number[]; gap: number } {
  const span = (view.toMs - view.fromMs) / 1000;
  const wanted = (span * leastGap) / Math.max(width, 1);
  const gap = tickSteps.find((step) => step >= wanted) ?? Math.ceil(wanted / 2_592_000) * 2_592_000;
  const shift = new Date(view.fromMs).getTimezoneOffset() * 60;
  const seconds: number[] = [];
  for (let at = Math.ceil((view.fromMs / 1000 - shift) / gap) * gap + shift; at <= view.toMs / 1000; at += gap) seconds.push(at);
  return { seconds, gap };
}
