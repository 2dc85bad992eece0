/** Shapes of the audit log's API under the console's names. */
export const auditOutcomes = ['succeeded', 'failed', 'denied'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];
/** The kinds of actors that the console has an icon for; reporters may name others. */
export const actorKinds = ['user', 'external-user', 'token', 'system', 'agent', 'job', 'service'] as const;
export const auditSources = ['console', 'api', 'cli', 'system', 'job', 'sdk', 'runner'] as const;

export interface AuditActor {
  kind: string;
  id: string;
  name: string;
  tokenId: string | null;
}
export interface AuditResource {
  type: string;
  id: string;
  name: string;
  path: string | null;
}
export interface AuditDiffOperation {
  op: string;
  path: string;
  value?: unknown;
  old?: unknown;
}
/** A value that was too long for the record; `path` points into the stored record. */
export interface AuditCut {
  path: string;
  /** In bytes of UTF-8. */
  length: number;
  sha256: string;
}
export interface AuditErased {
  path: string;
  rule: string;
}
export interface AuditEvent {
  id: string;
  sequence: number;
  time: string;
  occurredAt: string | null;
  tenant: string;
  class: string;
  actor: AuditActor;
  onBehalfOf: AuditActor | null;
  reporter: AuditActor | null;
  action: string;
  resource: AuditResource;
  outcome: AuditOutcome;
  policyId: string | null;
  decisionId: string | null;
  reasons: string[];
  requestId: string | null;
  traceId: string | null;
  address: string | null;
  peer: string | null;
  addressChain: string | null;
  userAgent: string | null;
  source: string | null;
  diff: AuditDiffOperation[];
  cut: AuditCut[];
  redacted: AuditErased[];
  data: Record<string, unknown> | null;
  message: string;
}
export interface AuditEventDetail extends AuditEvent {
  before: unknown;
  after: unknown;
  leafHash: string;
}
export interface AuditPage {
  items: AuditEvent[];
  next: string | null;
}
export interface AuditVocabulary {
  actions: { name: string; class: string; activity: string; description: string }[];
  resourceTypes: { name: string; description: string }[];
  outcomes: string[];
  actorKinds: string[];
}
export interface InclusionProof {
  sequence: number;
  leafHash: string;
  treeSize: number;
  rootHash: string;
  hashes: string[];
  checkpoint: string | null;
}
export interface ConsistencyProof {
  from: number;
  to: number;
  fromRootHash: string;
  toRootHash: string;
  hashes: string[];
}
export interface AuditKey {
  keyId: string;
  verifierKey: string;
  publicKey: string;
  createdAt: string;
  retiredAt: string | null;
}
export interface AuditKeys {
  origin: string;
  items: AuditKey[];
}
export interface AuditConfiguration {
  retention: string;
  retentionDays: number;
  defaultRetention: string;
  changedAt: string | null;
  changedBy: string | null;
  size: number;
  firstSequence: number;
  firstTime: string | null;
}
export interface RetentionPreview {
  retention: string;
  events: number;
  tiles: number;
  firstSequence: number | null;
  lastSequence: number | null;
  from: string | null;
  to: string | null;
  completeFromSequence: number;
  completeFrom: string | null;
}
export interface SavedFilter {
  name: string;
  query: string;
  changedAt: string;
}
