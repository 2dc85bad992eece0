import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { jobsApi } from '@/api/jobs';
import type { Job, Preview, Schedule } from '@/api/jobsContracts';
import { ApiProblem } from '@/api/problem';
import { useSettled } from '@/lib/useSettled';
import { putJob } from '../cache';
import { jobKeys, previewOfQuery } from '../queries';
import { formOf, problemsOf, requestOf, scheduleOf, type JobForm } from './formState';
import { useFormMessages } from './messages';
import type { FormAccess } from './formContext';

const typingPauseMs = 300;
const previewedFires = 10;
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface JobFormState {
  access: FormAccess;
  preview: UseQueryResult<Preview>;
  /** What is wrong but belongs to no field of the form. */
  general: Error | null;
  changedMeanwhile: boolean;
  busy: boolean;
  submit: () => void;
}

/** What the preview is asked for; null while there is nothing to ask, or the page itself sees that it is wrong. */
function previewable(form: JobForm, schedule: string): Schedule | null {
  if (form.scheduleKind === 'none' || form.scheduleKind === 'after') return null;
  if ([...problemsOf(form).keys()].some((member) => member.startsWith('schedule.'))) return null;
  return JSON.parse(schedule) as Schedule;
}

/** The form of a job with its checks, its preview and its sending. */
export function useJobForm(job: Job | null, onSaved: (job: Job) => void): JobFormState {
  const t = useFormMessages();
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(job, ownZone));
  const [checked, setChecked] = useState(false);
  const schedule = JSON.stringify(scheduleOf(form));
  const settled = useSettled(schedule, typingPauseMs);
  // Only what has rested is asked for; while typing goes on the last answer stays.
  const asked = settled === schedule ? previewable(form, settled) : null;
  const preview = useQuery(previewOfQuery(asked, previewedFires));
  const save = useMutation({
    mutationFn: () => (job ? jobsApi.update(job.id, job.version, requestOf(form)) : jobsApi.create(requestOf(form))),
    onSuccess: (saved) => {
      putJob(client, saved);
      void client.invalidateQueries({ queryKey: jobKeys.lists });
      void client.invalidateQueries({ queryKey: jobKeys.previews });
      onSaved(saved);
    },
  });
  const problems = useMemo(() => problemsOf(form), [form]);
  const told = (error: Error | null, member: string) => (error instanceof ApiProblem ? (error.errors[member] ?? null) : null);
  const previewError = asked === null ? null : preview.error;
  const errorOf = (member: string): string | null => {
    const own = problems.get(member);
    if (own && checked) return t(`wrong.${own}`);
    return told(previewError, member) ?? (own ? null : told(save.error, member));
  };
  const submit = () => {
    setChecked(true);
    if (problems.size === 0 && !save.isPending) save.mutate();
  };
  const set = (change: Partial<JobForm>) => {
    setForm((now) => ({ ...now, ...change }));
    if (save.error) save.reset();
  };
  const shown = save.error instanceof ApiProblem && Object.keys(save.error.errors).some((member) => fields.has(member));
  return {
    access: { form, set, errorOf },
    preview,
    general: shown ? null : save.error,
    changedMeanwhile: save.error instanceof ApiProblem && save.error.status === 412,
    busy: save.isPending,
    submit,
  };
}

/** The members of a request that have a field of their own. */
const fields: ReadonlySet<string> = new Set([
  'name', 'description', 'schedule.cron', 'schedule.interval', 'schedule.at', 'schedule.rrule', 'schedule.start', 'schedule.timeZone', 'schedule.gap', 'schedule.overlap', 'schedule.after.task', 'schedule.after.on',
  'command.file', 'command.arguments', 'command.workingDirectory', 'command.environment', 'command.outputLimit', 'http.method', 'http.url', 'http.headers', 'http.body', 'http.expectStatus', 'handler.name', 'handler.arguments',
  'timeout', 'grace', 'overlap', 'queueLimit', 'concurrencyGroup', 'misfire', 'misfireGrace', 'jitter', 'priority', 'retry.attempts', 'retry.delay', 'retry.backoff', 'retry.maxDelay', 'retry.on',
]);
