import { TriangleAlert } from 'lucide-react';
import type { RunReport } from '@/api/runsContracts';
import { formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Card, Section } from '@/ui/Page';
import { useDetailMessages } from '../messages';

/** What was not as it should be, and what bounds kept out. */
export function Notes({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const warnings = run.warnings ?? [];
  const limits = Object.entries(run.limits ?? {});
  if (warnings.length + limits.length === 0) return null;
  return (
    <Section title={t('warnings')}>
      <Card>
        <ul>
          {warnings.map(({ code, message }, index) => (
            <li key={`${code} ${index}`} className="flex gap-2.5 border-b border-line px-4 py-2 last:border-0">
              <TriangleAlert size={15} className="mt-0.5 shrink-0 text-warn" aria-hidden="true" />
              <span className="min-w-0">
                <span className="block break-words">{message}</span>
                <code className="block font-mono text-2xs text-ink-3">{code}</code>
              </span>
            </li>
          ))}
        </ul>
        {limits.length > 0 && (
          <div className="border-t border-line px-4 py-2.5">
            <p className="text-xs text-ink-3">{t('limits')}</p>
            <dl className="flex flex-wrap gap-x-5">
              {limits.map(([name, count]) => (
                <div key={name} className="inline-flex gap-2">
                  <dt className="font-mono text-xs">{name}</dt>
                  <dd className="tabular">{formatCount(locale, count)}</dd>
                </div>
              ))}
            </dl>
          </div>
        )}
      </Card>
    </Section>
  );
}

/** The agent's last words, which are its own and may be wrong. */
export function ResultCard({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const { result } = run;
  const errors = result?.errors ?? [];
  if (!result || (!result.text && errors.length === 0)) return null;
  return (
    <Section title={t('result')} note={result.isError && <span className="font-medium text-bad">{t('resultError')}</span>}>
      <Card className="max-h-96 overflow-y-auto p-4" scrollLabel={t('result')}>
        {errors.map((error, index) => (
          <p key={index} className="mb-2 break-words text-bad">
            {error}
          </p>
        ))}
        {result.text && <p className="max-w-[80ch] break-words whitespace-pre-wrap">{result.text}</p>}
      </Card>
    </Section>
  );
}
