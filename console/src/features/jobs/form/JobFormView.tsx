import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Job } from '@/api/jobsContracts';
import { Button } from '@/ui/Button';
import { useUiMessages } from '@/ui/messages';
import { notify } from '@/ui/notice';
import { Card } from '@/ui/Page';
import { InlineError } from '@/ui/States';
import { Check, Text } from './controls';
import { FormContext } from './formContext';
import { useFormMessages } from './messages';
import { RuleFields } from './RuleFields';
import { ScheduleFields } from './ScheduleFields';
import { SchedulePreview } from './SchedulePreview';
import { useJobForm } from './useJobForm';
import { WorkFields } from './WorkFields';

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <Card className="p-4 sm:p-5">
      <div className="mb-4 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-base font-semibold">{title}</h2>
        {note && <span className="text-xs text-ink-3">{note}</span>}
      </div>
      {children}
    </Card>
  );
}

export interface JobFormViewProps {
  job: Job | null;
  onCancel: () => void;
  onReload: () => void;
}

/** Everything that can be said of a job, in one page. */
export function JobFormView({ job, onCancel, onReload }: JobFormViewProps) {
  const t = useFormMessages();
  const ui = useUiMessages();
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  const [attempts, setAttempts] = useState(0);
  const { access, preview, general, changedMeanwhile, busy, submit } = useJobForm(job, (saved) => {
    notify(t(job ? 'saved' : 'created', { name: saved.name }));
    void navigate({ to: '/jobs/$id', params: { id: saved.id } });
  });
  // After a refusal, the first field that is wrong is where to go on.
  useEffect(() => {
    if (attempts > 0 && !busy) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts, busy]);
  return (
    <FormContext value={access}>
      <form
        ref={element}
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          setAttempts(attempts + 1);
          submit();
        }}
      >
        {general && (
          <div className="space-y-2">
            <InlineError error={general} />
            {changedMeanwhile && (
              <div className="flex items-center gap-3">
                <span>{t('changedMeanwhile')}</span>
                <Button small onClick={onReload}>
                  {t('reload')}
                </Button>
              </div>
            )}
          </div>
        )}
        <Part title={t('section.what')}>
          <div className="grid gap-4 sm:grid-cols-2">
            <Text field="name" label={t('name')} hint={t('nameHint')} />
            <Text field="description" label={t('description')} />
          </div>
        </Part>
        <Part title={t('section.when')}>
          <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <ScheduleFields />
            <SchedulePreview preview={preview} />
          </div>
        </Part>
        <Part title={t('section.work')}>
          <WorkFields />
        </Part>
        <Part title={t('section.rules')} note={t('rules.note')}>
          <RuleFields />
        </Part>
        <div className="flex flex-wrap items-center justify-between gap-3 pb-4">
          <Check field="enabled" label={t('enabled')} />
          <div className="flex gap-2">
            <Button onClick={onCancel}>{ui('cancel')}</Button>
            <Button type="submit" look="primary" busy={busy}>
              {t(job ? 'save' : 'create')}
            </Button>
          </div>
        </div>
      </form>
    </FormContext>
  );
}
