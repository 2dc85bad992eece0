import type { Attempt, RunError } from '@/api/jobsContracts';
import { useLocale } from '@/lib/locale';
import { formatSeconds } from '@/lib/format';
import { CopyButton } from '@/ui/CopyButton';
import { Card, Section } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { useJobsMessages } from '../messages';
import { StateBadge } from '../parts/StateBadge';
import { useExecutionMessages } from './messages';

/** What went wrong, with the stack where there is one. */
export function ErrorCard({ error, exitCode }: { error: RunError; exitCode: number | null }) {
  const t = useExecutionMessages();
  const jobs = useJobsMessages();
  return (
    <Section title={t('error')}>
      <Card className="overflow-hidden">
        <div className="border-l-4 border-bad p-4">
          <div className="flex flex-wrap items-baseline gap-x-3 text-xs text-ink-3">
            {error.type && <code className="font-mono break-all">{error.type}</code>}
            {exitCode !== null && <span>{jobs('exitCode', { code: exitCode })}</span>}
          </div>
          <p className="font-medium break-words whitespace-pre-wrap">{error.message}</p>
          {error.stack && (
            <details className="mt-2" open>
              <summary className="rounded text-xs text-ink-2">{t('stack')}</summary>
              <div className="mt-1 flex items-start gap-2">
                <pre className="min-w-0 flex-1 overflow-x-auto rounded-md bg-raised p-3 font-mono text-xs" tabIndex={0} aria-label={t('stack')}>{error.stack}</pre>
                <CopyButton text={error.stack} />
              </div>
            </details>
          )}
        </div>
      </Card>
    </Section>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const jobs = useJobsMessages();
  const locale = useLocale();
  const ms = attempt.startedAt && attempt.finishedAt ? Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt) : null;
  return (
    <tr className="border-b border-line last:border-0">
      <td className="px-3 py-2 text-right">{attempt.attempt}</td>
      <td className="px-3 py-2"><StateBadge state={attempt.state} /></td>
      <td className="px-3 py-2 whitespace-nowrap"><Time value={attempt.startedAt} /></td>
      <td className="px-3 py-2 text-right whitespace-nowrap">{ms === null ? '–' : formatSeconds(locale, ms / 1000)}</td>
      <td className="px-3 py-2 text-right">{attempt.fence}</td>
      <td className="max-w-40 truncate px-3 py-2 font-mono text-xs" title={attempt.instance ?? undefined}>{attempt.instance}</td>
      <td className="max-w-96 px-3 py-2 break-words text-ink-2">{attempt.error?.message ?? (attempt.exitCode === null ? '' : jobs('exitCode', { code: attempt.exitCode }))}</td>
    </tr>
  );
}

/** The attempts that were followed by another. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  const t = useExecutionMessages();
  const jobs = useJobsMessages();
  return (
    <Section title={t('attempts')}>
      <Card className="overflow-x-auto" scrollLabel={t('attempts')}>
        <table className="w-full text-left" aria-label={t('attempts')}>
          <thead className="text-xs text-ink-3">
            <tr className="border-b border-line">
              <th scope="col" className="px-3 py-2 text-right font-medium">{jobs('attempt')}</th>
              <th scope="col" className="px-3 py-2 font-medium">{jobs('state')}</th>
              <th scope="col" className="px-3 py-2 font-medium">{t('started')}</th>
              <th scope="col" className="px-3 py-2 text-right font-medium">{t('took')}</th>
              <th scope="col" className="px-3 py-2 text-right font-medium">{t('fence')}</th>
              <th scope="col" className="px-3 py-2 font-medium">{t('instance')}</th>
              <th scope="col" className="px-3 py-2 font-medium">{t('error')}</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt) => (
              <AttemptRow key={attempt.attempt} attempt={attempt} />
            ))}
          </tbody>
        </table>
      </Card>
    </Section>
  );
}
