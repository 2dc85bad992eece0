/** Shapes of the runs' API: a report as `cicd-runner` leaves it in report.json. What a run does not know is absent. */

export const runStates = ['running', 'finished', 'incomplete'] as const;
export type RunState = (typeof runStates)[number];
export const outcomeReasons = [
  'completed', 'failed', 'agent_error', 'memory_limit', 'kernel_oom', 'budget_tokens', 'budget_usd', 'budget_minutes', 'budget_turns', 'hang_after_result', 'stalled', 'signal', 'interrupted', 'not_started', 'incomplete', 'running',
] as const;
export type OutcomeReason = (typeof outcomeReasons)[number];
export const riskLevels = ['low', 'medium', 'high', 'critical'] as const;
export type RiskLevel = (typeof riskLevels)[number];
export const tokenKinds = ['input', 'output', 'cacheRead', 'cacheCreation'] as const;
export type TokenKind = (typeof tokenKinds)[number];
export const timelineKinds = ['session', 'text', 'thinking', 'tool', 'result', 'note', 'runner', 'denial', 'sample'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

type Absent = null | undefined;
/** Members that a report may leave out. */
type Some<T> = { [K in keyof T]?: T[K] | null };

export interface PageOf<T> {
  items: T[];
  next: string | null;
}

export type RunActor = { id: string; name?: string | Absent };
export interface RunCi extends Some<{
  runId: string; attempt: string; number: string; url: string; jobId: string; jobName: string; jobUrl: string; pipeline: string; actor: RunActor;
  repository: string; repositoryUrl: string; branch: string; tag: string; commit: string; pullRequest: string; event: string;
}> {
  platform: string;
}
export type RunAgent = { name: string } & Some<{ version: string; model: string; sessionId: string; mapping: string }>;
export type RunOutcome = { reason: OutcomeReason } & Some<{
  exitCode: number; exitSource: string; stoppedBy: string; detail: string; signal: number; peakMemoryBytes: number; limitBytes: number; oomKills: number;
}>;
export type RunResult = Some<{ subtype: string; isError: boolean; turns: number; durationSeconds: number; apiSeconds: number; text: string; errors: string[] }>;

export interface ModelUsage extends Record<TokenKind, number> {
  model: string;
  costUsd?: number | Absent;
}
export interface UsageDifference {
  model: string;
  kind: string;
  counted: number;
  reported: number;
}
/** What was counted message by message, beside the agent's own account and its telemetry. */
export type Reconciliation = Some<{ agrees: boolean; counted: ModelUsage[]; reported: ModelUsage[]; differences: UsageDifference[]; telemetry: ModelUsage[] }>;
export interface RunUsage extends Some<{ costUsd: number; costSource: string; cacheHits: number; messages: number; reconciliation: Reconciliation }> {
  models: ModelUsage[];
  totalTokens: number;
}
export interface BudgetLine {
  limit: number;
  used: number;
}
export interface ToolUse {
  name: string;
  calls: number;
  failed: number;
  denied: number;
  durationSeconds?: number | Absent;
}
export interface FileChange extends Some<{ linesAdded: number; linesRemoved: number; bytes: number; toolUseIds: string[]; diff: string }> {
  path: string;
  kind: 'added' | 'modified' | 'deleted';
  attributed: boolean;
}
export interface Denial extends Some<{ toolUseId: string; tool: string; resource: string; reason: string; policyId: string }> {
  signals: string[];
}
export interface RiskContribution extends Some<{ resources: string[] }> {
  rule: string;
  points: number;
  reason: string;
}
export interface RunRisk {
  score: number;
  level: RiskLevel;
  contributions: RiskContribution[];
}
/** Seconds since the start, bytes of the tree, bytes of the runner, CPU where 100 is one core. */
export type ResourcePoint = [offsetSeconds: number, treeBytes: number, runnerBytes: number, cpuPercent: number];
export type RunResources = Some<{
  limitBytes: number; peakBytes: number; peakPercent: number; measure: string; cpuSeconds: number; oomKills: number; warnings: number; garbageCollections: number; samples: number; chart: ResourcePoint[];
}>;
export interface RunFile {
  name: string;
  size: number;
  sha256: string;
  /** Bytes that have arrived. */
  received: number;
  complete: boolean;
}
export interface RunWarning {
  code: string;
  message: string;
}

export interface RunReport extends Some<{
  finishedAt: string; durationSeconds: number; folder: string; version: string; agent: RunAgent; result: RunResult; usage: RunUsage;
  budget: Partial<Record<'tokens' | 'usd' | 'minutes' | 'turns', BudgetLine | null>>; tools: ToolUse[]; changes: FileChange[]; denials: Denial[]; risk: RunRisk; resources: RunResources;
  audit: { records: number; denied: number; failed: number; unattributed: number }; timeline: { entries: number; omitted: number }; warnings: RunWarning[]; limits: Record<string, number>;
  stream: { bytes: number; lines: number; unknown?: Record<string, number> | Absent; broken: number; oversized: number };
}> {
  id: string;
  revision: number;
  state: RunState;
  traceId: string;
  startedAt: string;
  command: string[];
  ci: RunCi;
  outcome: RunOutcome;
}

/** A run as lists show it. */
export interface RunItem {
  id: string;
  revision: number;
  state: RunState;
  /** Why it ended; `running` while it runs. */
  outcome: string;
  exitCode: number | null;
  startedAt: string;
  finishedAt: string | null;
  durationSeconds: number | null;
  platform: string;
  repository: string | null;
  branch: string | null;
  commit: string | null;
  pullRequest: string | null;
  pipeline: string | null;
  url: string | null;
  actor: string | null;
  actorName: string | null;
  agent: string | null;
  model: string | null;
  command: string;
  riskScore: number | null;
  riskLevel: string | null;
  totalTokens: number | null;
  costUsd: number | null;
  turns: number | null;
  changes: number;
  denials: number;
  unattributed: number;
  peakBytes: number | null;
  traceId: string;
}

export interface TimelineEntry extends Some<{ line: number; turn: number; detail: string; toolUseId: string; tool: string; outcome: string; durationSeconds: number; parentToolUseId: string; tokens: number }> {
  number: number;
  at: string | null;
  kind: string;
  title: string;
}

export const costGroups = ['repository', 'model', 'week', 'actor'] as const;
export type CostGroup = (typeof costGroups)[number];
export interface CostRow extends Record<TokenKind, number> {
  key: string | null;
  runs: number;
  totalTokens: number;
  costUsd: number | null;
  /** Runs of which a part of the cost is not known. */
  unpricedRuns: number;
}
export interface CostAnswer {
  by: string;
  from: string | null;
  to: string | null;
  items: CostRow[];
  total: CostRow;
  omitted: number;
}
