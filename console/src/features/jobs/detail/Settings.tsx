import type { ReactNode } from 'react';
import type { Job } from '@/api/jobsContracts';
import { useLocale } from '@/lib/locale';
import { Card, Section } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { useJobsMessages } from '../messages';
import { ScheduleText } from '../parts/ScheduleText';
import { kindOf } from '../schedule/kind';
import { durationWords } from '../schedule/words';
import { useDetailMessages } from './messages';

type Row = readonly [string, ReactNode];

const Code = ({ children }: { children: string }) => <code className="font-mono text-xs break-all whitespace-pre-wrap">{children}</code>;
const list = (pairs: Record<string, string> | null | undefined, between: string): ReactNode =>
  pairs && Object.keys(pairs).length > 0 && <Code>{Object.entries(pairs).map(([name, value]) => `${name}${between}${value}`).join('\n')}</Code>;

function useWorkRows(job: Job): Row[] {
  const t = useDetailMessages();
  const { command, http, handler } = job;
  if (command) {
    return [
      [t('program'), <Code key="f">{command.file}</Code>],
      [t('arguments'), command.arguments && command.arguments.length > 0 && <Code>{command.arguments.join('\n')}</Code>],
      [t('folder'), command.workingDirectory && <Code>{command.workingDirectory}</Code>],
      [t('environment'), list(command.environment, '=')],
      [t('outputLimit'), command.outputLimit],
    ];
  }
  if (http) {
    return [
      [t('request'), <Code key="u">{`${http.method} ${http.url}`}</Code>],
      [t('headers'), list(http.headers, ': ')],
      [t('body'), http.body && <Code>{http.body}</Code>],
      [t('expect'), http.expectStatus?.join(', ')],
      [t('signed'), t(http.sign === false ? 'no' : 'yes')],
    ];
  }
  if (!handler) return [];
  const hasArguments = handler.arguments !== undefined && handler.arguments !== null;
  return [
    [t('handler'), <Code key="h">{handler.name}</Code>],
    [t('arguments'), hasArguments && <Code>{JSON.stringify(handler.arguments, null, 2)}</Code>],
  ];
}

function useRuleRows(job: Job): Row[] {
  const t = useDetailMessages();
  const locale = useLocale();
  const duration = (text: string | null | undefined) => (text ? durationWords(locale, text) : null);
  const isZero = (text: string | null | undefined) => !text || /^0+[a-z]*$/.test(text);
  const attempts = job.retry?.attempts ?? 1;
  const overlap = { forbid: t('overlap.forbid'), allow: t('overlap.allow'), replace: t('overlap.replace'), queue: t('overlap.queue', { count: job.queueLimit ?? 1 }) }[job.overlap ?? 'forbid'];
  const misfire = { once: t('misfire.once'), skip: t('misfire.skip'), all: t('misfire.all') }[job.misfire ?? 'once'];
  return [
    [t('timeout'), t('timeoutGrace', { timeout: duration(job.timeout) ?? '–', grace: duration(job.grace) ?? '–' })],
    [t('overlap'), overlap ?? job.overlap],
    [t('group'), job.concurrencyGroup && <Code>{job.concurrencyGroup}</Code>],
    [t('misfire'), misfire ?? job.misfire],
    [t('late'), duration(job.misfireGrace)],
    [t('jitter'), !isZero(job.jitter) && duration(job.jitter)],
    [t('priority'), job.priority !== 0 && job.priority],
    [t('retry'), attempts > 1 ? t('retryText', { count: attempts, delay: duration(job.retry?.delay) ?? '–' }) : t('retryNone')],
  ];
}

/** What the job was told to do and how. */
export function Settings({ job }: { job: Job }) {
  const t = useDetailMessages();
  const jobs = useJobsMessages();
  const who = (at: string, name: string | null): ReactNode => (
    <span className="inline-flex flex-wrap gap-x-1.5">
      <Time value={at} />
      {name && <span className="text-ink-3">{t('byWhom', { name })}</span>}
    </span>
  );
  const rows: Row[] = [
    [jobs('schedule'), <ScheduleText key="s" schedule={job.schedule} />],
    [t('kind'), jobs(`kind.${kindOf(job)}`)],
    ...useWorkRows(job),
    ...useRuleRows(job),
    [t('file'), job.file && <Code>{job.file}</Code>],
    [t('version'), job.version],
    [t('changed'), who(job.updatedAt, job.updatedBy)],
    [t('created'), who(job.createdAt, job.createdBy)],
  ];
  return (
    <Section title={t('settings')}>
      <Card className="px-4 py-2">
        <dl className="divide-y divide-line">
          {rows
            .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
            .map(([name, value]) => (
              <div key={name} className="grid grid-cols-[110px_minmax(0,1fr)] gap-3 py-1.5">
                <dt className="text-xs leading-5 text-ink-3">{name}</dt>
                <dd className="min-w-0 break-words">{value}</dd>
              </div>
            ))}
        </dl>
      </Card>
    </Section>
  );
}
