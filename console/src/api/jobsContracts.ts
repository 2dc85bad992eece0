/** Shapes of the scheduler's API. */
export const runStates = ['scheduled', 'running', 'succeeded', 'failed', 'timedOut', 'cancelled', 'abandoned', 'lost'] as const;
export type RunState = (typeof runStates)[number];
export const triggers = ['schedule', 'manual', 'dependency'] as const;
export type Trigger = (typeof triggers)[number];
export const jobKinds = ['command', 'http', 'handler'] as const;
export type JobKind = (typeof jobKinds)[number];
export const overlapPolicies = ['forbid', 'allow', 'replace', 'queue'] as const;
export const misfirePolicies = ['once', 'skip', 'all'] as const;
export const gapPolicies = ['shift-to-end', 'shift-by-delta', 'skip'] as const;
export const repeatPolicies = ['auto', 'first', 'last', 'both'] as const;
export const backoffs = ['exponential', 'constant', 'linear'] as const;

export interface Schedule {
  cron?: string | null;
  interval?: string | null;
  at?: string | null;
  rrule?: string | null;
  after?: { task: string; on?: string[] | null } | null;
  timeZone?: string | null;
  gap?: string | null;
  overlap?: string | null;
  start?: string | null;
}
export interface CommandWork {
  file: string;
  arguments?: string[] | null;
  workingDirectory?: string | null;
  environment?: Record<string, string> | null;
  outputLimit?: string | null;
}
export interface HttpWork {
  method: string;
  url: string;
  headers?: Record<string, string> | null;
  body?: string | null;
  expectStatus?: string[] | null;
  sign?: boolean | null;
}
export interface HandlerWork {
  name: string;
  arguments?: unknown;
}
export interface RetryPolicy {
  attempts: number;
  delay?: string | null;
  backoff?: string | null;
  maxDelay?: string | null;
  on?: string[] | null;
}
export interface JobRequest {
  name: string;
  description?: string | null;
  schedule?: Schedule | null;
  command?: CommandWork | null;
  http?: HttpWork | null;
  handler?: HandlerWork | null;
  timeout?: string | null;
  grace?: string | null;
  overlap?: string | null;
  queueLimit?: number | null;
  concurrencyGroup?: string | null;
  misfire?: string | null;
  misfireGrace?: string | null;
  jitter?: string | null;
  priority?: number | null;
  retry?: RetryPolicy | null;
  enabled?: boolean | null;
}
export interface RecentRun {
  id: string;
  state: RunState;
  fireOutcome: 'ran' | 'late' | null;
  nominalAt: string | null;
  durationMs: number | null;
}
export interface Job extends JobRequest {
  id: string;
  version: number;
  enabled: boolean;
  source: 'api' | 'file';
  /** The file that defines it; null for jobs of the API. */
  file: string | null;
  createdAt: string;
  createdBy: string | null;
  updatedAt: string;
  updatedBy: string | null;
  nextFireAt: string | null;
  lastExecution: { id: string; state: RunState; fireOutcome: 'ran' | 'late' | null; finishedAt: string | null; durationMs: number | null } | null;
  running: number;
  waiting: number;
  recent: RecentRun[];
}
export interface RunError {
  type: string | null;
  message: string | null;
  stack: string | null;
}
export interface Execution {
  id: string;
  taskId: string;
  taskName: string;
  taskVersion: number;
  trigger: Trigger;
  state: RunState;
  fireOutcome: 'ran' | 'late' | null;
  nominalAt: string | null;
  dueAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  durationMs: number | null;
  attempt: number;
  attempts: number;
  fence: number | null;
  instance: string | null;
  traceId: string | null;
  exitCode: number | null;
  error: RunError | null;
  cancelReason: string | null;
  requestedBy: string | null;
  outputBytes: number;
  outputCut: boolean;
}
export interface Attempt {
  attempt: number;
  fence: number | null;
  instance: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  state: RunState;
  exitCode: number | null;
  error: RunError | null;
}
export interface ExecutionDetail extends Execution {
  attemptsBefore: Attempt[];
  leaseUntil: string | null;
}
export interface PreviewFire {
  at: string;
  local: string;
  mark: 'gap' | 'overlapFirst' | 'overlapSecond' | 'skippedGap' | null;
  note: string | null;
}
export interface Preview {
  items: PreviewFire[];
  timeZone: string | null;
  description: string | null;
}
export const fireOutcomes = ['ran', 'late', 'coalesced', 'skipped', 'missed', 'pending'] as const;
export type FireOutcome = (typeof fireOutcomes)[number];
export interface Fire {
  nominalAt: string;
  outcome: FireOutcome;
  reason: string | null;
  count: number;
  executionId: string | null;
}
export interface OutputLine {
  seq: number;
  stream: 'out' | 'err';
  at: string;
  text: string;
}
export interface OutputPage {
  items: OutputLine[];
  next: number | string | null;
  complete: boolean;
  cut: boolean;
}
export interface TimelineLane {
  taskId: string;
  name: string;
  /** Start, end (null while running), state, execution. */
  runs: [number, number | null, RunState, string][];
  /** Nominal time, what became of it, why. */
  fires: [number, 'missed' | 'skipped' | 'coalesced', string | null][];
}
export interface Timeline {
  lanes: TimelineLane[];
  truncated: boolean;
}
export interface Stats {
  taskId?: string | null;
  start?: string | null;
  runs: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  cancelled: number;
  abandoned: number;
  lost: number;
  late: number;
  coalesced: number;
  skipped: number;
  missed: number;
  successRate: number | null;
  meanMs: number | null;
  p50Ms: number | null;
  p90Ms: number | null;
  p99Ms: number | null;
  maxMs: number | null;
  causes: { cause: string; count: number }[];
}
export interface StatsAnswer {
  from: string;
  to: string;
  items: Stats[];
}
export interface Instance {
  id: string;
  host: string;
  pid: number;
  version: string;
  startedAt: string;
  heartbeatAt: string;
  slots: number;
  running: number;
  quarantined: number;
  alive: boolean;
}
export interface PageOf<T> {
  items: T[];
  next: string | null;
}
export interface BulkAnswer {
  changed: string[];
  unchanged: string[];
  notFound: string[];
}
