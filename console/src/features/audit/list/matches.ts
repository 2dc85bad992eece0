import type { AuditEvent } from '@/api/auditContracts';
import type { AuditFilters, FilterId } from './filters';

const membersOf: Record<FilterId, (event: AuditEvent) => readonly (string | null)[]> = {
  actor: ({ actor }) => [actor.id, actor.name],
  action: ({ action }) => [action],
  resourceType: ({ resource }) => [resource.type],
  resourceId: ({ resource }) => [resource.id],
  resourceName: ({ resource }) => [resource.name],
  outcome: ({ outcome }) => [outcome],
  address: ({ address }) => [address],
  trace: ({ traceId }) => [traceId],
  requestId: ({ requestId }) => [requestId],
  source: ({ source }) => [source],
  onBehalfOf: ({ onBehalfOf }) => [onBehalfOf?.id ?? null, onBehalfOf?.name ?? null],
  reporter: ({ reporter }) => [reporter?.id ?? null, reporter?.name ?? null],
  policyId: ({ policyId }) => [policyId],
};

/** Whether an event passes the filters that compare whole values; only the server knows which events hold a word. */
export function passes({ values }: AuditFilters, event: AuditEvent): boolean {
  return Object.entries(values).every(([id, wanted]) => wanted.length === 0 || membersOf[id as FilterId](event).some((value) => value !== null && wanted.includes(value)));
}

/** What the event stream tells of the audit log, as far as it is an event. */
export function toldEvent(data: unknown): AuditEvent | null {
  const told = data as Partial<AuditEvent> | null;
  const isEvent = typeof told === 'object' && told !== null && typeof told.sequence === 'number' && typeof told.id === 'string' && typeof told.actor === 'object' && typeof told.resource === 'object';
  return isEvent ? (told as AuditEvent) : null;
}
