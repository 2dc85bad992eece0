import { backoffs, misfirePolicies, overlapPolicies } from '@/api/jobsContracts';
import { Choice, Several, Text } from './controls';
import { useForm } from './formContext';
import { retryStates } from './formState';
import { useFormMessages } from './messages';

/** Limits, and what happens when something is late, overlaps or fails. */
export function RuleFields() {
  const t = useFormMessages();
  const { form } = useForm();
  const retries = Number(form.attempts) > 1;
  return (
    <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
      <Text field="timeout" label={t('timeout')} hint={t('timeoutHint')} />
      <Text field="grace" label={t('grace')} hint={t('graceHint')} />
      <Text field="concurrencyGroup" label={t('concurrencyGroup')} hint={t('concurrencyGroupHint')} />
      <Choice field="overlap" label={t('overlap')} choices={overlapPolicies.map((value) => ({ value, label: t(`overlap.${value}`) }))} />
      {form.overlap === 'queue' && <Text field="queueLimit" label={t('queueLimit')} type="number" />}
      <Choice field="misfire" label={t('misfire')} choices={misfirePolicies.map((value) => ({ value, label: t(`misfire.${value}`) }))} />
      <Text field="misfireGrace" label={t('misfireGrace')} />
      <Text field="jitter" label={t('jitter')} hint={t('jitterHint')} />
      <Text field="priority" label={t('priority')} hint={t('priorityHint')} type="number" />
      <Text field="attempts" member="retry.attempts" label={t('attempts')} hint={t('attemptsHint')} type="number" />
      {retries && (
        <>
          <Text field="delay" member="retry.delay" label={t('delay')} />
          <Choice field="backoff" member="retry.backoff" label={t('backoff')} choices={backoffs.map((value) => ({ value, label: t(`backoff.${value}`) }))} />
          <Text field="maxDelay" member="retry.maxDelay" label={t('maxDelay')} />
          <Several field="retryOn" member="retry.on" label={t('retryOn')} choices={retryStates.map((value) => ({ value, label: t(`end.${value}`) }))} />
        </>
      )}
    </div>
  );
}
