import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { alignInterval, resolveRange, stepFor, type Interval, type TimeRange } from '@/lib/timeRange';
import { queryRange, type QueryAnswer } from './prometheus';

export interface RangeRequest {
  /** PromQL for a step; rate windows depend on it. */
  expression: (stepSeconds: number) => string;
  range: TimeRange;
  maxPoints: number;
  minStepSeconds: number;
  /** Overrides the step that the range suggests. */
  stepSeconds?: number;
}

export interface RangeAnswer extends QueryAnswer {
  expression: string;
  interval: Interval;
  stepSeconds: number;
}

/** Most points a series may have in one answer; Prometheus refuses more than 11,000. */
export const mostPoints = 11_000;

export async function askRange(request: RangeRequest, signal?: AbortSignal): Promise<RangeAnswer> {
  const interval = resolveRange(request.range, Date.now());
  if (interval === null) throw new RangeError(`${request.range.from} – ${request.range.to}`);
  const least = stepFor(interval, request.maxPoints, request.minStepSeconds);
  const stepSeconds = request.stepSeconds ?? least;
  const aligned = alignInterval(interval, stepSeconds);
  const expression = request.expression(stepSeconds);
  const answer = await queryRange(expression, aligned, stepSeconds, signal);
  return { ...answer, expression, interval: aligned, stepSeconds };
}

/** A range query that keeps the last answer on screen while the next one is under way. */
export function rangeQuery(key: readonly unknown[], request: RangeRequest, refreshMs: number | false) {
  return queryOptions({
    queryKey: ['range', ...key, request.range, request.maxPoints, request.stepSeconds],
    queryFn: ({ signal }) => askRange(request, signal),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
    staleTime: 1000,
    // Comparing a million numbers costs more than drawing them.
    structuralSharing: false,
  });
}
