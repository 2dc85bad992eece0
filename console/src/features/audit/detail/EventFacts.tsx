import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AuditActor, AuditEventDetail } from '@/api/auditContracts';
import { auditResourcePath } from '@/lib/auditLink';
import { formatDateTime } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { CopyButton } from '@/ui/CopyButton';
import { Card } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { auditMessages, useAuditMessages, type AuditKey } from '../messages';
import { ActorName } from '../parts/ActorName';
import { OutcomeBadge } from '../parts/OutcomeBadge';
import { detailMessages, useDetailMessages } from './messages';

function CopyText({ text, what }: { text: string | null; what: string }) {
  if (!text) return null;
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 truncate font-mono text-xs" title={text}>{text}</code>
      <span className="-my-1.5">
        <CopyButton text={text} what={what} />
      </span>
    </span>
  );
}

type Fact = readonly [name: string, value: ReactNode];

/** Who, what, when and where. */
export function EventFacts({ event }: { event: AuditEventDetail }) {
  const t = useDetailMessages();
  const list = useAuditMessages();
  const locale = useLocale();
  const copyOf = (name: string, text: string | null) => text && <CopyText text={text} what={`${t('copy')}: ${name}`} />;
  const instant = (value: string | null) =>
    value && (
      <span className="flex flex-wrap gap-x-2">
        <span className="tabular">{formatDateTime(locale, Date.parse(value))}</span>
        <span className="text-ink-3"><Time value={value} /></span>
      </span>
    );
  const actor = (who: AuditActor | null): ReactNode =>
    who && (
      <span className="block min-w-0">
        <ActorName actor={who} onBehalfOf={null} />
        <CopyText text={who.id} what={`${t('copy')}: ${who.id}`} />
      </span>
    );
  const source = event.source && (`source.${event.source}` in auditMessages.en ? list(`source.${event.source}` as AuditKey) : event.source);
  const classKey = `class.${event.class}`;
  const facts: Fact[] = [
    [t('when'), instant(event.time)],
    [t('occurred'), instant(event.occurredAt)],
    [t('who'), actor(event.actor)],
    [t('onBehalf'), actor(event.onBehalfOf)],
    [t('reporter'), actor(event.reporter)],
    [t('token'), copyOf(t('token'), event.actor.tokenId)],
    [t('action'), <code key="action" className="font-mono text-xs">{event.action}</code>],
    [
      t('resource'),
      <span key="resource" className="block min-w-0">
        <span className="flex min-w-0 items-baseline gap-2">
          <Link to={auditResourcePath} params={{ type: event.resource.type, id: event.resource.id }} className="min-w-0 truncate rounded font-medium hover:underline" title={event.resource.name || event.resource.id}>
            {event.resource.name || event.resource.id}
          </Link>
          <code className="font-mono text-2xs text-ink-3">{event.resource.type}</code>
        </span>
        {event.resource.name !== '' && event.resource.id !== event.resource.name && <CopyText text={event.resource.id} what={`${t('copy')}: ${event.resource.id}`} />}
      </span>,
    ],
    [t('path'), copyOf(t('path'), event.resource.path)],
    [t('outcome'), <OutcomeBadge key="outcome" outcome={event.outcome} />],
    [t('policy'), copyOf(t('policy'), event.policyId)],
    [t('decision'), copyOf(t('decision'), event.decisionId)],
    [t('source'), source],
    [t('address'), copyOf(t('address'), event.address)],
    [t('peer'), event.peer !== event.address && copyOf(t('peer'), event.peer)],
    [t('chain'), copyOf(t('chain'), event.addressChain)],
    [t('agent'), event.userAgent && <span className="line-clamp-2 text-xs break-words" title={event.userAgent}>{event.userAgent}</span>],
    [t('request'), copyOf(t('request'), event.requestId)],
    [t('trace'), copyOf(t('trace'), event.traceId)],
    [t('class'), classKey in detailMessages.en ? t(classKey as 'class.standard') : event.class],
    [t('sequence'), <span key="sequence" className="tabular">{event.sequence}</span>],
    [t('id'), copyOf(t('id'), event.id)],
  ];
  return (
    <Card className="mb-6 p-4">
      {event.reasons.length > 0 && (
        <div className="mb-4">
          <div className="text-xs text-ink-3">{t('reasons')}</div>
          <ul className="list-disc pl-5">
            {event.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        {facts
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <div key={name} className="min-w-0">
              <dt className="text-xs text-ink-3">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
