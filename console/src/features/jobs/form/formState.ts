import type { Job, JobKind, JobRequest, Schedule } from '@/api/jobsContracts';
import { kindOf } from '../schedule/kind';

export const scheduleKinds = ['cron', 'interval', 'at', 'rrule', 'after', 'none'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** The form as a person fills it: texts throughout, read only when it is sent. */
export interface JobForm {
  name: string;
  description: string;
  enabled: boolean;
  scheduleKind: ScheduleKind;
  cron: string;
  interval: string;
  intervalStart: string;
  at: string;
  rrule: string;
  rruleStart: string;
  afterTask: string;
  afterOn: readonly string[];
  timeZone: string;
  gap: string;
  repeat: string;
  kind: JobKind;
  file: string;
  arguments: string;
  workingDirectory: string;
  environment: string;
  outputLimit: string;
  method: string;
  url: string;
  headers: string;
  body: string;
  expectStatus: string;
  sign: boolean;
  handler: string;
  handlerArguments: string;
  timeout: string;
  grace: string;
  overlap: string;
  queueLimit: string;
  concurrencyGroup: string;
  misfire: string;
  misfireGrace: string;
  jitter: string;
  priority: string;
  attempts: string;
  delay: string;
  backoff: string;
  maxDelay: string;
  retryOn: readonly string[];
}

export const retryStates = ['failed', 'timedOut', 'lost'] as const;
export const endStates = ['succeeded', 'failed', 'timedOut', 'cancelled'] as const;

const scheduleKindOf = (schedule: Schedule | null | undefined): ScheduleKind => scheduleKinds.find((kind) => kind !== 'none' && Boolean(schedule?.[kind])) ?? 'none';

const pad = (value: number) => String(value).padStart(2, '0');
/** An instant as an input of date and time has it, in the user's own zone. */
export function toLocalInput(instant: string | null | undefined): string {
  const date = new Date(instant ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}
export function fromLocalInput(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}
const wholeSeconds = (local: string) => (/T\d\d:\d\d$/.test(local) ? `${local}:00` : local);

const lines = (text: string): string[] => text.split('\n').map((line) => line.trimEnd()).filter((line) => line !== '');
const pairsText = (pairs: Record<string, string> | null | undefined, between: string) => Object.entries(pairs ?? {}).map(([name, value]) => `${name}${between}${value}`).join('\n');
const readPairs = (text: string, between: string): Record<string, string> =>
  Object.fromEntries(
    lines(text).map((line) => {
      const at = line.indexOf(between);
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + between.length).trim()];
    }),
  );

/** The form of a job, or of a new one. */
export function formOf(job: Job | null, timeZone: string): JobForm {
  const schedule = job?.schedule;
  return {
    name: job?.name ?? '',
    description: job?.description ?? '',
    enabled: job?.enabled ?? true,
    scheduleKind: job ? scheduleKindOf(schedule) : 'cron',
    cron: schedule?.cron ?? (job ? '' : '0 3 * * *'),
    interval: schedule?.interval ?? '15m',
    intervalStart: schedule?.interval ? toLocalInput(schedule.start) : '',
    at: toLocalInput(schedule?.at),
    rrule: schedule?.rrule ?? 'FREQ=WEEKLY;BYDAY=MO',
    rruleStart: schedule?.rrule ? (schedule.start ?? '') : `${toLocalInput(new Date().toISOString()).slice(0, 10)}T09:00:00`,
    afterTask: schedule?.after?.task ?? '',
    afterOn: schedule?.after?.on ?? ['succeeded'],
    timeZone: schedule?.timeZone ?? (job ? 'UTC' : timeZone),
    gap: schedule?.gap ?? 'shift-to-end',
    repeat: schedule?.overlap ?? 'auto',
    kind: job ? kindOf(job) : 'command',
    file: job?.command?.file ?? '',
    arguments: (job?.command?.arguments ?? []).join('\n'),
    workingDirectory: job?.command?.workingDirectory ?? '',
    environment: pairsText(job?.command?.environment, '='),
    outputLimit: job?.command?.outputLimit ?? '1MiB',
    method: job?.http?.method ?? 'POST',
    url: job?.http?.url ?? '',
    headers: pairsText(job?.http?.headers, ': '),
    body: job?.http?.body ?? '',
    expectStatus: (job?.http?.expectStatus ?? ['2xx']).join(', '),
    sign: job?.http?.sign ?? true,
    handler: job?.handler?.name ?? '',
    handlerArguments: job?.handler?.arguments === undefined || job.handler.arguments === null ? '' : JSON.stringify(job.handler.arguments, null, 2),
    timeout: job?.timeout ?? '1h',
    grace: job?.grace ?? '30s',
    overlap: job?.overlap ?? 'forbid',
    queueLimit: String(job?.queueLimit ?? 1),
    concurrencyGroup: job?.concurrencyGroup ?? '',
    misfire: job?.misfire ?? 'once',
    misfireGrace: job?.misfireGrace ?? '60s',
    jitter: job?.jitter ?? '0s',
    priority: String(job?.priority ?? 0),
    attempts: String(job?.retry?.attempts ?? 1),
    delay: job?.retry?.delay ?? '10s',
    backoff: job?.retry?.backoff ?? 'exponential',
    maxDelay: job?.retry?.maxDelay ?? '10m',
    retryOn: job?.retry?.on ?? retryStates,
  };
}

/** The schedule as the server takes it; null for a job that is run by hand only. */
export function scheduleOf(form: JobForm): Schedule | null {
  const calendar = { timeZone: form.timeZone.trim() || undefined, gap: form.gap, overlap: form.repeat };
  switch (form.scheduleKind) {
    case 'cron':
      return { cron: form.cron.trim(), ...calendar };
    case 'interval':
      return { interval: form.interval.trim(), start: form.intervalStart === '' ? undefined : fromLocalInput(form.intervalStart) };
    case 'at':
      return { at: fromLocalInput(form.at) };
    case 'rrule':
      return { rrule: form.rrule.trim(), start: wholeSeconds(form.rruleStart) || undefined, ...calendar };
    case 'after':
      return { after: { task: form.afterTask.trim(), on: [...form.afterOn] } };
    case 'none':
      return null;
  }
}

const optional = (text: string): string | undefined => text.trim() || undefined;
/** A number where there is one; else the text, so that the server says what is wrong with it. */
const number = (text: string): number => Number(text.trim() === '' ? Number.NaN : text);

function workOf(form: JobForm): Pick<JobRequest, 'command' | 'http' | 'handler'> {
  if (form.kind === 'http') {
    return { http: { method: form.method, url: form.url.trim(), headers: readPairs(form.headers, ':'), body: form.body === '' ? undefined : form.body, expectStatus: form.expectStatus.split(/[\s,]+/).filter(Boolean), sign: form.sign } };
  }
  if (form.kind === 'handler') return { handler: { name: form.handler.trim(), arguments: form.handlerArguments.trim() === '' ? undefined : (JSON.parse(form.handlerArguments) as unknown) } };
  return {
    command: {
      file: form.file.trim(),
      arguments: form.arguments === '' ? [] : form.arguments.replace(/\n$/, '').split('\n'),
      workingDirectory: optional(form.workingDirectory),
      environment: readPairs(form.environment, '='),
      outputLimit: optional(form.outputLimit),
    },
  };
}

/** What is sent. The form must have passed `problemsOf`. */
export function requestOf(form: JobForm): JobRequest {
  const attempts = number(form.attempts);
  return {
    name: form.name.trim(),
    description: optional(form.description),
    schedule: scheduleOf(form) ?? undefined,
    ...workOf(form),
    timeout: optional(form.timeout),
    grace: optional(form.grace),
    overlap: form.overlap,
    queueLimit: form.overlap === 'queue' ? number(form.queueLimit) : undefined,
    concurrencyGroup: optional(form.concurrencyGroup),
    misfire: form.misfire,
    misfireGrace: optional(form.misfireGrace),
    jitter: optional(form.jitter),
    priority: number(form.priority),
    retry: attempts > 1 ? { attempts, delay: optional(form.delay), backoff: form.backoff, maxDelay: optional(form.maxDelay), on: [...form.retryOn] } : undefined,
    enabled: form.enabled,
  };
}

export type ProblemKind = 'missing' | 'number' | 'duration' | 'json' | 'choose';

const isDuration = (text: string) => /^(\d+(\.\d+)?(ms|[smhdw]))+$/.test(text.trim());
const isWhole = (text: string) => /^-?\d+$/.test(text.trim());
const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What the page itself can see is wrong, by the member of the request that the server would name. */
export function problemsOf(form: JobForm): ReadonlyMap<string, ProblemKind> {
  const found = new Map<string, ProblemKind>();
  const need = (member: string, holds: boolean, kind: ProblemKind) => !holds && found.set(member, kind);
  need('name', form.name.trim() !== '', 'missing');
  if (form.scheduleKind === 'cron') need('schedule.cron', form.cron.trim() !== '', 'missing');
  if (form.scheduleKind === 'interval') need('schedule.interval', isDuration(form.interval), 'duration');
  if (form.scheduleKind === 'at') need('schedule.at', form.at !== '', 'missing');
  if (form.scheduleKind === 'rrule') need('schedule.rrule', form.rrule.trim() !== '', 'missing');
  if (form.scheduleKind === 'after') need('schedule.after.task', form.afterTask.trim() !== '', 'missing');
  if (form.scheduleKind === 'after') need('schedule.after.on', form.afterOn.length > 0, 'choose');
  if (form.kind === 'command') need('command.file', form.file.trim() !== '', 'missing');
  if (form.kind === 'http') need('http.url', form.url.trim() !== '', 'missing');
  if (form.kind === 'handler') need('handler.name', form.handler.trim() !== '', 'missing');
  if (form.kind === 'handler') need('handler.arguments', form.handlerArguments.trim() === '' || isJson(form.handlerArguments), 'json');
  for (const member of ['timeout', 'grace', 'misfireGrace', 'jitter'] as const) need(member, form[member].trim() === '' || isDuration(form[member]), 'duration');
  need('priority', isWhole(form.priority), 'number');
  need('retry.attempts', isWhole(form.attempts) && Number(form.attempts) >= 1, 'number');
  if (form.overlap === 'queue') need('queueLimit', isWhole(form.queueLimit), 'number');
  if (Number(form.attempts) > 1) {
    need('retry.delay', isDuration(form.delay), 'duration');
    need('retry.maxDelay', isDuration(form.maxDelay), 'duration');
    need('retry.on', form.retryOn.length > 0, 'choose');
  }
  return found;
}
