import type { components } from './generated';

/** Shapes of the runs' API, generated from openapi.json; here under the console's names and with the words that it knows. What a run does not know is absent. */
type Schemas = components['schemas'];
type With<Shape, Words> = Omit<Shape, keyof Words> & Words;
/** Members that a report being taken in may leave out, and that one being read has always. */
type Told<Shape, Names extends keyof Shape> = With<Shape, { [Name in Names]-?: NonNullable<Shape[Name]> }>;

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
export const changeKinds = ['added', 'modified', 'deleted'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface PageOf<T> {
  items: T[];
  next: string | null;
}

export type RunCi = Schemas['RunCi'];
export type ModelUsage = Told<Schemas['RunModelUsage'], TokenKind>;
export type UsageDifference = Told<Schemas['RunUsageDifference'], 'counted' | 'reported'>;
/** What was counted message by message, beside the agent's own account and its telemetry. */
export type Reconciliation = With<Schemas['RunReconciliation'], { differences?: UsageDifference[]; telemetry?: ModelUsage[] | null }>;
export type RunUsage = With<Schemas['RunUsage'], { models: ModelUsage[]; reconciliation?: Reconciliation | null }>;
export type ToolUse = Told<Schemas['RunTool'], 'calls' | 'failed' | 'denied' | 'durationSeconds'>;
export type FileChange = Schemas['RunChange'];
export type Denial = Told<Schemas['RunDenial'], 'signals'>;
export type RunRisk = With<Schemas['RunRisk'], { contributions: Schemas['RunRiskContribution'][] }>;
/** Seconds since the start, bytes of the tree, bytes of the runner, CPU where 100 is one core. */
export type ResourcePoint = readonly number[];
export type RunResources = Schemas['RunResources'];
export type RunFile = Schemas['RunFile'];
export type RunReport = With<Schemas['RunReport'], { usage?: RunUsage | null; tools: ToolUse[]; changes: FileChange[]; denials: Denial[]; risk?: RunRisk | null }>;
/** A run as lists show it. */
export type RunItem = Schemas['RunSummary'];
export type TimelineEntry = Told<Schemas['RunTimelineEntry'], 'number' | 'title'>;

export const costGroups = ['repository', 'model', 'week', 'actor'] as const;
export type CostGroup = (typeof costGroups)[number];
export type CostRow = Schemas['RunCost'];
export type CostAnswer = Schemas['RunCostList'];
