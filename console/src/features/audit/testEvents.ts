import type { AuditEvent, AuditEventDetail } from '@/api/auditContracts';

/** An event for tests. */
export function event(more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    id: `e${more.sequence ?? 1}`, sequence: 1, time: '2026-01-02T03:04:05.678Z', occurredAt: null, tenant: 'default', class: 'standard',
    actor: { kind: 'user', id: 'u1', name: 'admin', tokenId: null }, onBehalfOf: null, reporter: null,
    action: 'token.create', resource: { type: 'token', id: 't1', name: 'grafana', path: null }, outcome: 'succeeded',
    policyId: null, decisionId: null, reasons: [], requestId: 'r1', traceId: null, address: '10.0.0.1', peer: null, addressChain: null,
    userAgent: null, source: 'console', diff: [], cut: [], redacted: [], data: null, message: 'Audit: admin created token grafana', ...more,
  };
}

export function eventDetail(more: Partial<AuditEventDetail> = {}): AuditEventDetail {
  return { ...event(more), before: null, after: null, leafHash: '', ...more };
}
