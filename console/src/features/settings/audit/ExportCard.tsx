import { Download } from 'lucide-react';
import { useState } from 'react';
import { auditApi, exportFormats, type ExportFormat } from '@/api/audit';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { Card, Section } from '@/ui/Page';
import { useAuditSettings } from './messages';

/** Midnight of a day in the reader's zone. */
const instantOf = (day: string): string | undefined => (day === '' ? undefined : new Date(`${day}T00:00:00`).toISOString());

/** The log as a file. */
export function ExportCard() {
  const t = useAuditSettings();
  const [format, setFormat] = useState<ExportFormat>('archive');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const wrong = from !== '' && to !== '' && from >= to;
  const download = () => {
    const [start, end] = [instantOf(from), instantOf(to)];
    const link = document.createElement('a');
    link.href = auditApi.exportUrl({ format, ...(start && { from: start }), ...(end && { to: end }) });
    link.download = '';
    link.click();
  };
  return (
    <Section title={t('export')} note={t('exportLead')}>
      <Card className="space-y-4 p-4">
        <fieldset>
          <legend className="mb-1 font-medium">{t('format')}</legend>
          <div className="space-y-1.5">
            {exportFormats.map((choice) => (
              <label key={choice} className="flex items-baseline gap-2">
                <input type="radio" name="format" className="accent-accent" checked={format === choice} onChange={() => setFormat(choice)} />
                <span>
                  <span className="font-medium">{t(`format.${choice}`)}</span>
                  <span className="block text-ink-2">{t(`hint.${choice}`)}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className="flex flex-wrap gap-4">
          <Field label={t('from')}>{(control) => <input {...control} type="date" className="field w-44" value={from} onChange={(event) => setFrom(event.target.value)} />}</Field>
          <Field label={t('to')} error={wrong ? t('rangeWrong') : null}>
            {(control) => <input {...control} type="date" className="field w-44" value={to} onChange={(event) => setTo(event.target.value)} />}
          </Field>
        </div>
        <p className="text-xs text-ink-3">{t('allTime')}</p>
        <Button icon={<Download size={14} />} disabledReason={wrong ? t('rangeWrong') : null} onClick={download}>
          {t('download')}
        </Button>
      </Card>
    </Section>
  );
}
