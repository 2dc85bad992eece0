import { Link } from '@tanstack/react-router';
import { Bot, CalendarClock, CircleHelp, Cog, Contact, KeyRound, Server, User, type LucideIcon } from 'lucide-react';
import type { AuditActor } from '@/api/auditContracts';
import { auditActorPath } from '@/lib/auditLink';
import { Tooltip } from '@/ui/Tooltip';
import { auditMessages, useAuditMessages, type AuditKey } from '../messages';

const icons: Record<string, LucideIcon> = { user: User, 'external-user': Contact, token: KeyRound, system: Cog, agent: Bot, job: CalendarClock, service: Server };

/** What kind of actor it is, in words. */
export function useKindName(): (kind: string) => string {
  const t = useAuditMessages();
  return (kind) => (`kind.${kind}` in auditMessages.en ? t(`kind.${kind}` as AuditKey) : t('kind.other', { kind }));
}

export function ActorIcon({ kind }: { kind: string }) {
  const name = useKindName()(kind);
  const Icon = icons[kind] ?? CircleHelp;
  return (
    <Tooltip text={name}>
      <Icon size={15} strokeWidth={1.75} className="shrink-0 text-ink-3" role="img" aria-label={name} />
    </Tooltip>
  );
}

/** Who did something, with a link to everything else they did. */
export function ActorName({ actor, onBehalfOf }: { actor: AuditActor; onBehalfOf: AuditActor | null }) {
  const t = useAuditMessages();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ActorIcon kind={actor.kind} />
      <span className="min-w-0">
        <Link to={auditActorPath} params={{ id: actor.id }} className="block truncate rounded font-medium hover:underline" title={actor.name}>
          {actor.name}
        </Link>
        {onBehalfOf && <span className="block truncate text-xs text-ink-3">{t('onBehalf', { name: onBehalfOf.name })}</span>}
      </span>
    </span>
  );
}
