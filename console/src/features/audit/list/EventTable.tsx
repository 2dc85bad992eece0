import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { AuditEvent } from '@/api/auditContracts';
import { auditResourcePath } from '@/lib/auditLink';
import { RowTable, type RowColumn } from '@/ui/RowTable';
import { Time } from '@/ui/Time';
import { useAuditMessages } from '../messages';
import { ActorName } from '../parts/ActorName';
import { ChangeText } from '../parts/ChangeText';
import { OutcomeBadge } from '../parts/OutcomeBadge';

export interface EventTableProps {
  label: string;
  events: readonly AuditEvent[];
  onEnd?: () => void;
  onTop?: (atTop: boolean) => void;
  foot: ReactNode;
}

/** What something was done to, with a link to everything that happened to it. */
function ResourceName({ resource }: { resource: AuditEvent['resource'] }) {
  return (
    <span className="block min-w-0">
      <Link to={auditResourcePath} params={{ type: resource.type, id: resource.id }} className="block truncate rounded hover:underline" title={resource.name || resource.id}>
        {resource.name || resource.id}
      </Link>
      <span className="block truncate font-mono text-2xs text-ink-3">{resource.type}</span>
    </span>
  );
}

/** Events of the audit log, newest first. */
export function EventTable({ label, events, onEnd, onTop, foot }: EventTableProps) {
  const t = useAuditMessages();
  const navigate = useNavigate();
  const columns = useMemo<RowColumn<AuditEvent>[]>(
    () => [
      { id: 'time', header: t('time'), className: 'w-30', cell: (event) => <Time value={event.time} /> },
      { id: 'actor', header: t('actor'), className: 'w-[14%] max-w-0', cell: (event) => <ActorName actor={event.actor} onBehalfOf={event.onBehalfOf} /> },
      {
        id: 'action',
        header: t('action'),
        className: 'w-[14%] max-w-0',
        cell: (event) => (
          <Link to="/audit/$id" params={{ id: event.id }} className="block truncate rounded font-mono text-xs font-medium text-ink hover:underline" title={event.message}>
            {event.action}
          </Link>
        ),
      },
      { id: 'resource', header: t('resourceColumn'), className: 'w-[15%] max-w-0', cell: (event) => <ResourceName resource={event.resource} /> },
      { id: 'outcome', header: t('outcome'), className: 'w-24', cell: (event) => <OutcomeBadge outcome={event.outcome} /> },
      { id: 'address', header: t('address'), className: 'w-28 max-w-28', cell: (event) => <span className="block truncate font-mono text-xs text-ink-2" title={event.address ?? undefined}>{event.address ?? '–'}</span> },
      { id: 'change', header: t('change'), className: 'max-w-0', cell: (event) => <ChangeText event={event} /> },
    ],
    [t],
  );
  return (
    <RowTable
      label={label}
      columns={columns}
      rows={events}
      rowKey={(event) => event.id}
      rowHeight={45}
      minWidth="min-w-[980px]"
      onOpen={(event) => void navigate({ to: '/audit/$id', params: { id: event.id } })}
      onEnd={onEnd}
      onTop={onTop}
      foot={foot}
    />
  );
}
