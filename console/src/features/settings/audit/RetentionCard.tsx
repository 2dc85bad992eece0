import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { auditApi } from '@/api/audit';
import type { AuditConfiguration, RetentionPreview } from '@/api/auditContracts';
import { useIsAdmin, useSession } from '@/api/session';
import { formatDateTime } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useSettled } from '@/lib/useSettled';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Field } from '@/ui/Field';
import { notify } from '@/ui/notice';
import { Card, Section } from '@/ui/Page';
import { ErrorState, InlineError, Skeleton } from '@/ui/States';
import { Time } from '@/ui/Time';
import { useAuditSettings } from './messages';
import { configurationQuery, previewQuery } from './queries';

const mostDays = 36_500;
const offered = [30, 90, 180, 365, 730];

function readDays(text: string): number | null {
  const days = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= mostDays ? days : null;
}

/** What is kept now. */
function Kept({ config }: { config: AuditConfiguration }) {
  const t = useAuditSettings();
  return (
    <div className="space-y-1">
      <p className="text-base font-semibold">{t('keptFor', { count: config.retentionDays })}</p>
      <p className="text-ink-2">
        {config.changedBy && config.changedAt ? (
          <>
            {t('changedBy', { name: config.changedBy })} <Time value={config.changedAt} />
          </>
        ) : (
          t('neverChanged')
        )}
      </p>
      <p className="text-ink-2">{t('events', { count: config.size })}</p>
      <p className="text-ink-2">
        {config.firstSequence === 0 ? (
          t('completeAll')
        ) : (
          <>
            {t('completeFrom', { sequence: config.firstSequence })} <Time value={config.firstTime} />. {t('gone', { count: config.firstSequence })}
          </>
        )}
      </p>
    </div>
  );
}

/** What a shorter retention would remove. */
function Preview({ preview }: { preview: RetentionPreview }) {
  const t = useAuditSettings();
  const locale = useLocale();
  const time = (value: string | null) => (value === null ? '–' : formatDateTime(locale, Date.parse(value)));
  if (preview.events === 0) return <p className="rounded-md bg-ok-soft px-3 py-2 text-ok">{t('previewNone')}</p>;
  return (
    <div className="rounded-md bg-warn-soft px-3 py-2 text-warn">
      <p className="font-medium">{t('previewSome', { count: preview.events })}</p>
      <p>{t('previewRange', { from: time(preview.from), to: time(preview.to), first: preview.firstSequence ?? 0, last: preview.lastSequence ?? 0 })}</p>
      <p>{t('previewTiles', { count: preview.tiles })}</p>
      <p>{t('previewComplete', { sequence: preview.completeFromSequence, time: time(preview.completeFrom) })}</p>
    </div>
  );
}

function ChangeForm({ config }: { config: AuditConfiguration }) {
  const t = useAuditSettings();
  const client = useQueryClient();
  const isAdmin = useIsAdmin();
  const tenant = useSession()?.tenant ?? '';
  const [text, setText] = useState(String(config.retentionDays));
  const [asking, setAsking] = useState(false);
  const days = readDays(text);
  const changed = days !== null && days !== config.retentionDays;
  const settled = useSettled(changed ? days : null, 300);
  const { data: found, error, isPlaceholderData } = useQuery(previewQuery(settled));
  const preview = changed && settled === days && !isPlaceholderData ? found : undefined;
  const save = useMutation({
    mutationFn: () => auditApi.setRetention(`${days}d`),
    onSuccess: async () => {
      setAsking(false);
      notify(t('saved'));
      await client.invalidateQueries({ queryKey: ['audit'] });
    },
  });
  const reason = !isAdmin ? t('adminOnly') : days === null ? t('daysWrong') : !changed ? t('daysSame') : preview === undefined ? t('checking') : null;
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason !== null || preview === undefined || save.isPending) return;
        if (preview.events > 0) setAsking(true);
        else save.mutate();
      }}
    >
      <Field label={t('days')} hint={t('daysHint')} error={days === null ? t('daysWrong') : null}>
        {(control) => <input {...control} className="field max-w-32" inputMode="numeric" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <div className="flex flex-wrap gap-1.5">
        {offered.map((choice) => (
          <Button key={choice} small aria-pressed={days === choice} className={days === choice ? 'border-accent text-accent' : undefined} onClick={() => setText(String(choice))}>
            {choice}
          </Button>
        ))}
      </div>
      <div role="status" className="min-h-9">
        {preview && <Preview preview={preview} />}
        {error && changed && <InlineError error={error} />}
      </div>
      {save.error && !asking && <InlineError error={save.error} />}
      <Button type="submit" look="primary" busy={save.isPending} disabledReason={reason}>
        {t('change')}
      </Button>
      {asking && preview && (
        <ConfirmDialog title={t('confirmTitle', { count: preview.events })} action={t('confirmAction')} typeName={tenant} busy={save.isPending} onConfirm={() => save.mutate()} onClose={() => setAsking(false)}>
          <Preview preview={preview} />
          <p className="mt-3">{t('confirmDetail')}</p>
          {save.error && <InlineError error={save.error} />}
        </ConfirmDialog>
      )}
    </form>
  );
}

/** How long the log is kept, and the way to change it. */
export function RetentionCard() {
  const t = useAuditSettings();
  const { data, error, refetch } = useQuery(configurationQuery);
  return (
    <Section title={t('retention')}>
      <Card className="p-4">
        {data ? (
          <div className="grid gap-6 md:grid-cols-2">
            <Kept config={data} />
            <ChangeForm key={data.retentionDays} config={data} />
          </div>
        ) : error ? (
          <ErrorState compact error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-40" />
        )}
      </Card>
    </Section>
  );
}
