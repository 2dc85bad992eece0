import { Link } from '@tanstack/react-router';
import { Globe, History, Network, Send, User } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AuditEventDetail } from '@/api/auditContracts';
import { auditActorPath, auditResourcePath } from '@/lib/auditLink';
import { useDetailMessages } from './messages';

const marginMs = 86_400_000;
const linkClass = 'inline-flex max-w-full min-w-0 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 py-1 hover:bg-raised';

/** The way from one event to those that belong to it. */
export function Further({ event }: { event: AuditEventDetail }) {
  const t = useDetailMessages();
  const atMs = Date.parse(event.time);
  // A day before and after: enough for a request or a trace, however late the rest of it came.
  const around = { from: new Date(atMs - marginMs).toISOString(), to: new Date(atMs + marginMs).toISOString() };
  const search = (members: Record<string, string>): Record<string, string> => ({ ...members, ...around });
  const row = (icon: ReactNode, text: string): ReactNode => (
    <>
      {icon}
      <span className="truncate">{text}</span>
    </>
  );
  return (
    <nav aria-label={t('further')} className="mb-6 flex flex-wrap gap-2">
      <Link to={auditActorPath} params={{ id: event.actor.id }} className={linkClass}>
        {row(<User size={14} aria-hidden="true" />, t('byActor', { name: event.actor.name }))}
      </Link>
      <Link to={auditResourcePath} params={{ type: event.resource.type, id: event.resource.id }} className={linkClass}>
        {row(<History size={14} aria-hidden="true" />, t('byResource', { name: event.resource.name || event.resource.id }))}
      </Link>
      {event.traceId && (
        <Link to="/audit" search={search({ trace: event.traceId })} className={linkClass}>
          {row(<Network size={14} aria-hidden="true" />, t('byTrace'))}
        </Link>
      )}
      {event.requestId && (
        <Link to="/audit" search={search({ requestId: event.requestId })} className={linkClass}>
          {row(<Send size={14} aria-hidden="true" />, t('byRequest'))}
        </Link>
      )}
      {event.address && (
        <Link to="/audit" search={search({ address: event.address })} className={linkClass}>
          {row(<Globe size={14} aria-hidden="true" />, t('byAddress'))}
        </Link>
      )}
    </nav>
  );
}
