import type { components } from './generated';

/** Shapes of the audit log's API, generated from openapi.json; here under the console's names and with the words that it knows. */
type Schemas = components['schemas'];
type With<Shape, Words> = Omit<Shape, keyof Words> & Words;

export const auditOutcomes = ['succeeded', 'failed', 'denied'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];
/** What records came through, as far as the console offers it to choose; reporters may name others. */
export const auditSources = ['console', 'api', 'cli', 'system', 'job', 'sdk', 'runner'] as const;

/** What the description leaves open: any JSON, and that there may be nobody. */
interface Freely {
  onBehalfOf: AuditActor | null;
  reporter: AuditActor | null;
  outcome: AuditOutcome;
  diff: AuditDiffOperation[];
  data: Record<string, unknown> | null;
}

export interface AuditDiffOperation {
  op: string;
  path: string;
  value?: unknown;
  old?: unknown;
}
export type AuditActor = Schemas['AuditActorView'];
export type AuditResource = Schemas['AuditResourceView'];
/** A value that was too long for the record; `path` points into the stored record. */
export type AuditCut = Schemas['AuditCutValue'];
export type AuditErased = Schemas['AuditErasedPlace'];
export type AuditEvent = With<Schemas['AuditEntry'], Freely>;
export type AuditEventDetail = With<Schemas['AuditEntryDetail'], Freely & { before: unknown; after: unknown }>;
export interface AuditPage {
  items: AuditEvent[];
  next: string | null;
}
export type AuditVocabulary = Schemas['AuditVocabularyView'];
export type InclusionProof = Schemas['AuditInclusionProof'];
export type ConsistencyProof = Schemas['AuditConsistencyProof'];
export type AuditKey = Schemas['AuditKeyView'];
export type AuditKeys = Schemas['AuditKeyList'];
export type AuditConfiguration = Schemas['AuditConfiguration'];
export type RetentionPreview = Schemas['AuditRetentionPreview'];
export type SavedFilter = Schemas['AuditFilter'];
