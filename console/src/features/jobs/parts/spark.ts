import type { RecentRun, RunState } from '@/api/jobsContracts';

export const sparkSlots = 30;
export const sparkHeight = 22;
const lowest = 4;
const failures: readonly RunState[] = ['failed', 'timedOut', 'abandoned', 'lost'];

/** One path a state for bars of runs, oldest first, the newest at the right end; heights go with the logarithm of the duration. */
export function barsOf(runs: readonly RecentRun[], pitch: number): { state: RunState; path: string }[] {
  const last = runs.slice(-sparkSlots);
  const durations = last.flatMap((run) => (run.durationMs === null ? [] : [Math.log1p(run.durationMs)]));
  const [low, high] = [Math.min(...durations), Math.max(...durations)];
  const heightOf = (run: RecentRun) => {
    if (failures.includes(run.state)) return sparkHeight;
    if (run.durationMs === null || high - low < 0.05) return sparkHeight * 0.6;
    return lowest + ((Math.log1p(run.durationMs) - low) / (high - low)) * (sparkHeight - lowest);
  };
  const paths = new Map<RunState, string>();
  last.forEach((run, index) => {
    const x = (sparkSlots - last.length + index) * pitch;
    const height = Math.round(heightOf(run));
    paths.set(run.state, `${paths.get(run.state) ?? ''}M${x} ${sparkHeight - height}h${pitch - 1}v${height}h${1 - pitch}z`);
  });
  return [...paths].map(([state, path]) => ({ state, path }));
}
