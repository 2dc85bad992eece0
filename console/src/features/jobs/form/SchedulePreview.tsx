import type { UseQueryResult } from '@tanstack/react-query';
import type { Preview } from '@/api/jobsContracts';
import { ApiProblem } from '@/api/problem';
import { Card } from '@/ui/Page';
import { reasonOf } from '../actions';
import { FireList } from '../parts/FireList';
import { useForm } from './formContext';
import { useFormMessages } from './messages';

/** What the schedule that stands in the form would do, beside it. */
export function SchedulePreview({ preview }: { preview: UseQueryResult<Preview> }) {
  const t = useFormMessages();
  const { form } = useForm();
  const { data, error } = preview;
  if (form.scheduleKind === 'none') return null;
  const note = () => {
    if (form.scheduleKind === 'after') return t('previewAfter');
    if (error && !(error instanceof ApiProblem && error.status === 400)) return t('previewFailed', { reason: reasonOf(error) });
    if (error || !data) return t('previewWait');
    return data.items.length === 0 ? t('previewNone') : null;
  };
  const said = note();
  return (
    <div>
      <h3 className="mb-1 font-medium">{t('preview')}</h3>
      <Card className="max-h-96 overflow-y-auto" scrollLabel={t('preview')}>
        {said !== null ? <p className="p-3 text-ink-3">{said}</p> : data && <FireList fires={data.items} timeZone={data.timeZone} />}
      </Card>
    </div>
  );
}
