import { useState } from 'react';
import { formatDuration } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { parseInstant, presets, type TimeRange } from '@/lib/timeRange';
import { Button } from '@/ui/Button';
import { cx } from '@/ui/cx';
import { Field } from '@/ui/Field';
import { useAppMessages } from '../messages';

/** An instant as one would type it: relative as it is, absolute in the user's own time. */
function editable(text: string): string {
  const ms = text.startsWith('now') ? null : parseInstant(text, 0);
  if (ms === null) return text;
  const date = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** Relative instants stay as they are; everything else becomes RFC 3339, which means the same to whoever opens the link. */
function portable(text: string, now: number): string {
  const trimmed = text.trim();
  const ms = parseInstant(trimmed, now);
  return trimmed.startsWith('now') || ms === null ? trimmed : new Date(ms).toISOString();
}

export function TimeRangeForm({ range, onApply }: { range: TimeRange; onApply: (range: TimeRange) => void }) {
  const t = useAppMessages();
  const locale = useLocale();
  const [from, setFrom] = useState(editable(range.from));
  const [to, setTo] = useState(editable(range.to));
  const [errors, setErrors] = useState<{ from?: string; to?: string }>({});
  const apply = () => {
    const now = Date.now();
    const fromMs = parseInstant(from, now);
    const toMs = parseInstant(to, now);
    const found = {
      from: fromMs === null ? t('time.invalid') : toMs !== null && fromMs >= toMs ? t('time.order') : undefined,
      to: toMs === null ? t('time.invalid') : undefined,
    };
    setErrors(found);
    if (!found.from && !found.to) onApply({ from: portable(from, now), to: portable(to, now) });
  };
  return (
    <div className="flex w-[min(440px,calc(100vw-24px))] max-sm:flex-col-reverse">
      <form
        className="flex-1 space-y-3 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <Field label={t('time.from')} error={errors.from} hint={t('time.hint')}>
          {(control) => <input {...control} className="field font-mono text-xs" value={from} onChange={(event) => setFrom(event.target.value)} />}
        </Field>
        <Field label={t('time.to')} error={errors.to}>
          {(control) => <input {...control} className="field font-mono text-xs" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
        <Button type="submit" look="primary">
          {t('time.apply')}
        </Button>
      </form>
      <div className="border-line p-2 max-sm:border-b sm:w-36 sm:border-l">
        <div className="px-2 py-1 text-xs text-ink-3">{t('time.quick')}</div>
        <div className="max-sm:grid max-sm:grid-cols-4">
          {presets.map((preset) => {
            const chosen = range.from === `now-${preset}` && range.to === 'now';
            return (
              <button
                key={preset}
                type="button"
                aria-pressed={chosen}
                onClick={() => onApply({ from: `now-${preset}`, to: 'now' })}
                className={cx('block w-full rounded px-2 py-1 text-left hover:bg-raised', chosen && 'bg-accent-soft font-medium text-accent')}
              >
                {t('time.last', { duration: formatDuration(locale, preset) })}
              </button>
            );
          })}
        </div>
      </div>
    </div>
  );
}
