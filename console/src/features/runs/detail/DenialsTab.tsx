import { Link } from '@tanstack/react-router';
import { ShieldCheck, ShieldX } from 'lucide-react';
import type { Denial, RunReport } from '@/api/runsContracts';
import { visibleText } from '@/lib/visibleText';
import { Card } from '@/ui/Page';
import { EmptyState } from '@/ui/States';
import { useDetailMessages } from './messages';

const signals = ['permission_denied', 'result', 'policy', 'tool_result'] as const;

function DenialRow({ run, denial }: { run: RunReport; denial: Denial }) {
  const t = useDetailMessages();
  const known = (signal: string) => signals.find((candidate) => candidate === signal);
  const words = denial.signals.map((signal) => {
    const name = known(signal);
    return name ? t(`signal.${name}`) : signal;
  });
  return (
    <li className="flex gap-3 border-b border-line px-4 py-3 last:border-0">
      <ShieldX size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-mono text-xs font-semibold">{denial.tool ?? '–'}</span>
          {denial.resource && <code className="min-w-0 font-mono text-xs break-all">{visibleText(denial.resource)}</code>}
        </p>
        {denial.reason && <p className="mt-0.5 break-words text-ink-2">{denial.reason}</p>}
        <dl className="mt-1 flex flex-wrap gap-x-5 text-xs">
          <div className="inline-flex gap-1.5">
            <dt className="text-ink-3">{t('signals')}</dt>
            <dd className="inline-flex flex-wrap gap-1.5">
              {words.map((word) => (
                <span key={word} className="rounded bg-raised px-1.5 text-ink-2">
                  {word}
                </span>
              ))}
            </dd>
          </div>
          {denial.policyId && (
            <div className="inline-flex gap-1.5">
              <dt className="text-ink-3">{t('policy')}</dt>
              <dd className="font-mono">{denial.policyId}</dd>
            </div>
          )}
          {denial.toolUseId && (
            <div>
              <dt className="sr-only">{t('tab.timeline')}</dt>
              <dd>
                <Link to="/runs/$id" params={{ id: run.id }} search={{ tab: 'timeline', call: denial.toolUseId }} resetScroll={false} className="rounded text-accent hover:underline">
                  {t('inTimeline')}
                </Link>
              </dd>
            </div>
          )}
        </dl>
      </div>
    </li>
  );
}

/** What a run wanted to do and was not allowed to. */
export function DenialsTab({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const denials = run.denials ?? [];
  return (
    <Card>
      {denials.length === 0 ? (
        <EmptyState icon={<ShieldCheck size={24} strokeWidth={1.5} />} title={t('noDenials')} detail={t('noDenialsDetail')} />
      ) : (
        <ul>
          {denials.map((denial, index) => (
            <DenialRow key={`${denial.toolUseId ?? ''} ${index}`} run={run} denial={denial} />
          ))}
        </ul>
      )}
    </Card>
  );
}
