import type { RunState } from '@/api/jobsContracts';
import type { Interval } from '@/lib/timeRange';
import { boxOf, lanesInView, runsInView, xOf, type Box, type LaidFire, type LaidLane, type TimelineLayout } from './layout';

const tokens = ['ok', 'bad', 'info', 'warn', 'line-strong', 'line', 'ink', 'ink-3', 'surface', 'bg', 'accent'] as const;
export type TimelineColours = Record<(typeof tokens)[number], string>;

/** Resolves the style sheet's tokens in the place where the drawing stands. */
export function readColours(host: HTMLElement): TimelineColours {
  const probe = document.createElement('span');
  probe.style.setProperty('transition', 'none', 'important');
  host.append(probe);
  const resolve = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(tokens.map((token) => [token, resolve(token)])) as TimelineColours;
  probe.remove();
  return colours;
}

export interface TimelineFrame {
  layout: TimelineLayout;
  view: Interval;
  nowMs: number;
  width: number;
  height: number;
  scrollTop: number;
  /** Instants with a line, in seconds. */
  ticks: readonly number[];
  colours: TimelineColours;
  /** Execution that is pointed at. */
  hovered: string | null;
}

const toneOf: Record<RunState, keyof TimelineColours> = {
  scheduled: 'line-strong', running: 'info', succeeded: 'ok', failed: 'bad', timedOut: 'bad', cancelled: 'line-strong', abandoned: 'bad', lost: 'bad',
};
const isFailure = (state: RunState): boolean => toneOf[state] === 'bad';

type Context = CanvasRenderingContext2D;

/** Stripes across a bar, so that failures are told apart without colour. */
function hatch(context: Context, box: Box): void {
  for (let x = box.x - box.height + 2; x < box.x + box.width; x += 5) {
    const [from, to] = [Math.max(x, box.x), Math.min(x + box.height, box.x + box.width)];
    if (to <= from) continue;
    context.moveTo(from, box.y + box.height - (from - x));
    context.lineTo(to, box.y + box.height - (to - x));
  }
}

function drawFire(context: Context, lane: LaidLane, fire: LaidFire, x: number, colours: TimelineColours): void {
  const y = lane.top + lane.height / 2;
  // A halo keeps a mark apart from a bar below it.
  context.fillStyle = colours.surface;
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.fill();
  context.lineWidth = 1.5;
  context.beginPath();
  if (fire.outcome === 'missed') {
    context.fillStyle = colours.bad;
    context.moveTo(x, y - 6);
    context.lineTo(x + 5, y);
    context.lineTo(x, y + 6);
    context.lineTo(x - 5, y);
    context.fill();
  } else if (fire.outcome === 'skipped') {
    context.strokeStyle = colours.warn;
    context.arc(x, y, 4, 0, 2 * Math.PI);
    context.stroke();
  } else {
    context.strokeStyle = colours['line-strong'];
    context.moveTo(x, y - 5);
    context.lineTo(x, y + 5);
    context.stroke();
  }
}

function drawLane(context: Context, lane: LaidLane, frame: TimelineFrame): void {
  const { view, width, nowMs, colours, hovered } = frame;
  const failures: Box[] = [];
  for (const run of runsInView(lane, view, nowMs)) {
    const box = boxOf(lane, run, view, width, nowMs);
    const colour = colours[toneOf[run.state]];
    if (run.state === 'cancelled' || run.state === 'scheduled') {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.strokeRect(box.x + 0.5, box.y + 0.5, Math.max(box.width - 1, 1), box.height - 1);
    } else {
      context.fillStyle = colour;
      context.fillRect(box.x, box.y, box.width, box.height);
    }
    if (isFailure(run.state) && box.width > 5) failures.push(box);
    if (run.id === hovered) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      context.strokeRect(box.x - 1, box.y - 1, box.width + 2, box.height + 2);
    }
  }
  if (failures.length > 0) {
    context.strokeStyle = colours.surface;
    context.lineWidth = 1;
    context.beginPath();
    for (const box of failures) hatch(context, box);
    context.stroke();
  }
  for (const fire of lane.fires) {
    const x = xOf(fire.atMs, view, width);
    if (x > -6 && x < width + 6) drawFire(context, lane, fire, x, colours);
  }
}

/** Draws what is in sight. The context is scaled to CSS pixels already. */
export function drawTimeline(context: Context, frame: TimelineFrame): void {
  const { layout, view, nowMs, width, height, scrollTop, ticks, colours } = frame;
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(0, -scrollTop);
  context.fillStyle = colours.line;
  for (const seconds of ticks) context.fillRect(Math.round(xOf(seconds * 1000, view, width)), scrollTop, 1, height);
  const future = xOf(nowMs, view, width);
  if (future < width) {
    context.fillStyle = colours.bg;
    context.fillRect(Math.max(future, 0), scrollTop, width - Math.max(future, 0), height);
  }
  context.fillStyle = colours.line;
  const lanes = lanesInView(layout, scrollTop, scrollTop + height);
  for (const lane of lanes) context.fillRect(0, lane.top + lane.height - 1, width, 1);
  for (const lane of lanes) drawLane(context, lane, frame);
  if (future >= 0 && future <= width) {
    context.fillStyle = colours.accent;
    context.fillRect(Math.round(future), scrollTop, 1.5, height);
  }
  context.restore();
}

