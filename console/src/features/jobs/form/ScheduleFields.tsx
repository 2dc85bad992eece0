import { useQuery } from '@tanstack/react-query';
import { gapPolicies, repeatPolicies } from '@/api/jobsContracts';
import { Segmented } from '@/ui/Segmented';
import { jobsNamedQuery } from '../queries';
import { Choice, Several, Text } from './controls';
import { ExpressionField } from './ExpressionField';
import { useForm } from './formContext';
import { endStates, scheduleKinds } from './formState';
import { useFormMessages } from './messages';

const zones = Intl.supportedValuesOf('timeZone');
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function CalendarFields() {
  const t = useFormMessages();
  return (
    <>
      <Text field="timeZone" member="schedule.timeZone" label={t('timeZone')} hint={t('timeZoneHint')} list="time-zones" />
      <datalist id="time-zones">
        {['UTC', ...zones].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <details>
        <summary className="rounded font-medium text-ink-2">{t('dst')}</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <Choice field="gap" member="schedule.gap" label={t('gap')} choices={gapPolicies.map((value) => ({ value, label: t(`gap.${value}`) }))} />
          <Choice field="repeat" member="schedule.overlap" label={t('repeat')} choices={repeatPolicies.map((value) => ({ value, label: t(`repeat.${value}`) }))} />
        </div>
      </details>
    </>
  );
}

function AfterFields() {
  const t = useFormMessages();
  const { form } = useForm();
  const jobs = useQuery(jobsNamedQuery(form.afterTask.trim())).data ?? [];
  return (
    <>
      <Text field="afterTask" member="schedule.after.task" label={t('after')} hint={t('afterHint')} list="jobs-to-follow" />
      <datalist id="jobs-to-follow">
        {jobs.map((job) => (
          <option key={job.id} value={job.name} />
        ))}
      </datalist>
      <Several field="afterOn" member="schedule.after.on" label={t('afterOn')} choices={endStates.map((value) => ({ value, label: t(`end.${value}`) }))} />
    </>
  );
}

/** When the job runs. */
export function ScheduleFields() {
  const t = useFormMessages();
  const { form, set } = useForm();
  const kind = form.scheduleKind;
  return (
    <div className="space-y-4">
      <div className="-mx-1 overflow-x-auto px-1">
        <Segmented label={t('kind')} value={kind} choices={scheduleKinds.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(scheduleKind) => set({ scheduleKind })} />
      </div>
      {kind === 'cron' && <ExpressionField field="cron" label={t('cron')} hint={t('cronHint')} />}
      {kind === 'rrule' && <ExpressionField field="rrule" label={t('rrule')} hint={t('rruleHint')} />}
      {kind === 'rrule' && <Text field="rruleStart" member="schedule.start" label={t('rruleStart')} hint={t('rruleStartHint')} type="datetime-local" />}
      {(kind === 'cron' || kind === 'rrule') && <CalendarFields />}
      {kind === 'interval' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Text field="interval" member="schedule.interval" label={t('interval')} hint={t('intervalHint')} mono />
          <Text field="intervalStart" member="schedule.start" label={t('intervalStart')} hint={t('intervalStartHint')} type="datetime-local" />
        </div>
      )}
      {kind === 'at' && <Text field="at" member="schedule.at" label={t('at')} hint={t('atHint', { zone: ownZone })} type="datetime-local" />}
      {kind === 'after' && <AfterFields />}
      {kind === 'none' && <p className="text-ink-2">{t('none')}</p>}
    </div>
  );
}
