import { Link } from '@tanstack/react-router';
import { Bot, Clock, FolderGit2, GitBranch, GitCommitHorizontal, GitPullRequest, ScrollText, UserRound, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunReport } from '@/api/runsContracts';
import { useIsAtLeast } from '@/api/session';
import { useLocale } from '@/lib/locale';
import { visibleText } from '@/lib/visibleText';
import { Time } from '@/ui/Time';
import { useRunsMessages } from '../messages';
import { formatDurationOf } from '../parts/money';
import { OutcomeBadge } from '../parts/OutcomeBadge';
import { OutLink } from '../parts/OutLink';
import { RiskBadge } from '../parts/RiskBadge';
import { forgeLinks, safeUrl } from './links';
import { useDetailMessages, type DetailKey } from './messages';

interface Mark {
  name: DetailKey;
  icon: LucideIcon;
  value: ReactNode;
}

/** Where it came from, in marks that are read at a glance; what is not known is left out. */
function marksOf({ ci, agent }: RunReport, plainCommand: string): Mark[] {
  const links = forgeLinks(ci);
  const all: Mark[] = [
    { name: 'fact.repository', icon: FolderGit2, value: ci.repository && <OutLink href={safeUrl(ci.repositoryUrl)}>{ci.repository}</OutLink> },
    { name: 'fact.branch', icon: GitBranch, value: ci.branch && <code className="font-mono text-xs">{visibleText(ci.branch)}</code> },
    { name: 'fact.commit', icon: GitCommitHorizontal, value: ci.commit && <OutLink href={links.commit}><code className="font-mono text-xs">{ci.commit.slice(0, 8)}</code></OutLink> },
    { name: 'fact.pullRequest', icon: GitPullRequest, value: ci.pullRequest && <OutLink href={links.pullRequest}>{`#${ci.pullRequest}`}</OutLink> },
    { name: 'fact.actor', icon: UserRound, value: ci.actor && (ci.actor.name ?? ci.actor.id) },
    { name: 'fact.agent', icon: Bot, value: agent ? agent.name : plainCommand },
  ];
  return all.filter(({ value }) => Boolean(value));
}

/** How a run ended, and what it belongs to. */
export function Verdict({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const runs = useRunsMessages();
  const locale = useLocale();
  const mayAudit = useIsAtLeast('operator');
  const url = safeUrl(run.ci.url);
  const { reason, detail } = run.outcome;
  return (
    <div className="mb-4 space-y-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <OutcomeBadge outcome={reason} />
        {run.risk && <RiskBadge score={run.risk.score} level={run.risk.level} />}
        {reason !== 'completed' && detail && <span className="min-w-0 break-words text-ink-2">{detail}</span>}
      </div>
      <dl className="flex flex-wrap items-center gap-x-5 gap-y-1.5">
        {marksOf(run, runs('plainCommand')).map(({ name, icon: Icon, value }) => (
          <div key={name} className="inline-flex min-w-0 items-center gap-1.5">
            <dt>
              <Icon size={14} className="text-ink-3" aria-label={t(name)} role="img" />
            </dt>
            <dd className="min-w-0 truncate">{value}</dd>
          </div>
        ))}
        <div className="inline-flex items-center gap-1.5">
          <dt>
            <Clock size={14} className="text-ink-3" aria-label={t('fact.started')} role="img" />
          </dt>
          <dd className="inline-flex gap-1.5">
            <Time value={run.startedAt} />
            {run.durationSeconds !== null && run.durationSeconds !== undefined && <span className="tabular text-ink-2">{formatDurationOf(locale, run.durationSeconds)}</span>}
          </dd>
        </div>
        {url && (
          <div>
            <dt className="sr-only">{t('ciRun')}</dt>
            <dd>
              <OutLink href={url}>{t('ciRun')}</OutLink>
            </dd>
          </div>
        )}
        {mayAudit && run.traceId && (
          <div>
            <dt className="sr-only">{t('fact.trace')}</dt>
            <dd>
              <Link to="/audit" search={{ trace: run.traceId, from: 'now-90d', to: 'now' }} className="inline-flex items-center gap-1.5 rounded text-accent hover:underline">
                <ScrollText size={14} aria-hidden="true" />
                {t('audit')}
              </Link>
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}
