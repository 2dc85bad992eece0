import { Link } from '@tanstack/react-router';
import type { RunReport } from '@/api/runsContracts';
import { useLocale } from '@/lib/locale';
import { visibleText } from '@/lib/visibleText';
import { FactGrid, type Fact } from '@/ui/FactGrid';
import { Card } from '@/ui/Page';
import { ShortId } from '@/ui/ShortId';
import { Time } from '@/ui/Time';
import { commandText } from '../parts/commandText';
import { formatDurationOf } from '../parts/money';
import { OutLink } from '../parts/OutLink';
import { forgeLinks, safeUrl } from './links';
import { useDetailMessages } from './messages';

const traceFile = 'trace.json';

const mono = (text: string) => (
  <code className="block truncate font-mono text-xs leading-5" title={text}>
    {visibleText(text)}
  </code>
);

/** The code that the runner ended with, and where it comes from. */
function useExitText(): (run: RunReport) => string | null {
  const t = useDetailMessages();
  return ({ outcome }) => {
    const { exitCode: code, exitSource: source } = outcome;
    if (code === null || code === undefined) return null;
    return source === 'command' || source === 'signal' || source === 'runner' || source === 'agent' ? t(`exit.${source}`, { code: String(code) }) : String(code);
  };
}

/** Where a run came from: repository, commit, who and with which agent. */
export function RunFacts({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const exitText = useExitText();
  const { ci, agent } = run;
  const links = forgeLinks(ci);
  const stopper = (['command', 'runner', 'kernel', 'user'] as const).find((known) => known === run.outcome.stoppedBy);
  const hasTrace = run.files?.some(({ name }) => name === traceFile) ?? false;
  const facts: Fact[] = [
    [t('fact.repository'), ci.repository && <OutLink href={safeUrl(ci.repositoryUrl)}>{ci.repository}</OutLink>],
    [t('fact.branch'), ci.branch && mono(ci.branch)],
    [t('fact.commit'), ci.commit && <OutLink href={links.commit}>{<code className="font-mono text-xs">{ci.commit.slice(0, 12)}</code>}</OutLink>],
    [t('fact.pullRequest'), ci.pullRequest && <OutLink href={links.pullRequest}>{`#${ci.pullRequest}`}</OutLink>],
    [t('fact.actor'), ci.actor && (ci.actor.name ?? ci.actor.id)],
    [t('fact.agent'), agent && [agent.name, agent.version, agent.model].filter(Boolean).join(' · ')],
    [t('fact.started'), <Time key="started" value={run.startedAt} />],
    [t('fact.duration'), run.durationSeconds !== null && run.durationSeconds !== undefined && formatDurationOf(locale, run.durationSeconds)],
    [t('fact.pipeline'), ci.pipeline && (ci.number ? `${ci.pipeline} #${ci.number}` : ci.pipeline)],
    [t('fact.job'), ci.jobName],
    [t('fact.event'), ci.event],
    [t('fact.exit'), exitText(run)],
    [t('fact.stoppedBy'), stopper && t(`stoppedBy.${stopper}`)],
    [
      t('fact.trace'),
      <span key="trace" className="inline-flex flex-wrap items-center gap-x-3">
        <ShortId id={run.traceId} />
        {hasTrace && (
          <Link to="/runs/$id" params={{ id: run.id }} search={{ tab: 'trace' }} resetScroll={false} className="rounded text-accent hover:underline">
            {t('showTrace')}
          </Link>
        )}
      </span>,
    ],
    [t('fact.id'), <ShortId key="id" id={run.id} keep={25} />],
    [t('fact.runner'), run.version],
    [t('fact.folder'), run.folder && mono(run.folder)],
  ];
  return (
    <Card className="mb-5 p-4">
      <div className="mb-3 min-w-0 border-b border-line pb-3">
        <div className="text-xs text-ink-3">{t('fact.command')}</div>
        <code className="line-clamp-3 font-mono text-xs leading-5 break-words" title={commandText(run.command)}>
          {visibleText(commandText(run.command))}
        </code>
      </div>
      <FactGrid facts={facts} />
    </Card>
  );
}
