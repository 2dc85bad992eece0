import type { components } from './generated';

/** Shapes of the scheduler's API, generated from openapi.json; here under the console's names and with the words that it knows. */
type Schemas = components['schemas'];
/** What the description calls a text, as the words that the server writes there. */
type With<Shape, Words> = Omit<Shape, keyof Words> & Words;

export const runStates = ['scheduled', 'running', 'succeeded', 'failed', 'timedOut', 'cancelled', 'abandoned', 'lost'] as const;
export type RunState = (typeof runStates)[number];
export const triggers = ['schedule', 'manual', 'dependency'] as const;
export type Trigger = (typeof triggers)[number];
export const jobKinds = ['command', 'http', 'handler'] as const;
export type JobKind = (typeof jobKinds)[number];
export const fireOutcomes = ['ran', 'late', 'coalesced', 'skipped', 'missed', 'pending'] as const;
export type FireOutcome = (typeof fireOutcomes)[number];
export const overlapPolicies = ['forbid', 'allow', 'replace', 'queue'] as const;
export const misfirePolicies = ['once', 'skip', 'all'] as const;
export const gapPolicies = ['shift-to-end', 'shift-by-delta', 'skip'] as const;
export const repeatPolicies = ['auto', 'first', 'last', 'both'] as const;
export const backoffs = ['exponential', 'constant', 'linear'] as const;

interface Ended {
  state: RunState;
  fireOutcome: 'ran' | 'late' | null;
}

export type Schedule = Schemas['TaskSchedule'];
export type JobRequest = Schemas['TaskRequest'];
export type RecentRun = With<Schemas['RecentExecution'], Ended>;
export type Job = With<Schemas['ScheduledTask'], { source: 'api' | 'file'; enabled: boolean; lastExecution: With<Schemas['ExecutionSummary'], Ended> | null; recent: RecentRun[] }>;
export type RunError = Schemas['ExecutionError'];
export type Execution = With<Schemas['Execution'], Ended & { trigger: Trigger }>;
export type Attempt = With<Schemas['ExecutionAttempt'], { state: RunState }>;
export type ExecutionDetail = With<Schemas['ExecutionDetail'], Ended & { trigger: Trigger; attemptsBefore: Attempt[] }>;
export type PreviewFire = With<Schemas['PreviewFire'], { mark: 'gap' | 'overlapFirst' | 'overlapSecond' | 'skippedGap' | null }>;
export type Preview = With<Schemas['TaskPreview'], { items: PreviewFire[] }>;
export type Fire = With<Schemas['FireItem'], { outcome: FireOutcome }>;
export type OutputLine = With<Schemas['OutputItem'], { stream: 'out' | 'err' }>;
export type OutputPage = With<Schemas['OutputPage'], { items: OutputLine[] }>;
/** Start and end in milliseconds since 1970 (no end while it runs), state, id of the run. */
export type TimelineRun = [startMs: number, endMs: number | null, state: RunState, id: string];
export type TimelineFire = [nominalMs: number, outcome: 'missed' | 'skipped' | 'coalesced', reason: string | null];
export type TimelineLane = With<Schemas['TimelineLane'], { runs: TimelineRun[]; fires: TimelineFire[] }>;
export type Timeline = With<Schemas['Timeline'], { lanes: TimelineLane[] }>;
export type Stats = Schemas['StatisticsItem'];
export type StatsAnswer = Schemas['StatisticsAnswer'];
export type Instance = Schemas['Instance'];
export type BulkAnswer = Schemas['TaskBulkResult'];

export interface PageOf<T> {
  items: T[];
  next: string | null;
}
