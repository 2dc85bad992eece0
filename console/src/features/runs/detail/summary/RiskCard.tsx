import type { RunRisk } from '@/api/runsContracts';
import { useLocale } from '@/lib/locale';
import { formatCount } from '@/lib/format';
import { Card, Section } from '@/ui/Page';
import { useDetailMessages } from '../messages';

const mostResources = 4;

/** What each rule adds to the score, the most first. */
export function RiskCard({ risk }: { risk: RunRisk }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const most = Math.max(1, ...risk.contributions.map(({ points }) => points));
  return (
    <Section title={t('riskTitle')} note={risk.contributions.length > 0 && t('riskSum')}>
      <Card>
        {risk.contributions.length === 0 && <p className="p-4 text-ink-3">{t('riskNone')}</p>}
        <ul>
          {risk.contributions.map(({ rule, points, reason, resources }) => {
            const shown = (resources ?? []).slice(0, mostResources);
            const rest = (resources ?? []).length - shown.length;
            return (
              <li key={rule} className="flex gap-4 border-b border-line px-4 py-2.5 last:border-0">
                <div className="w-16 shrink-0 text-right">
                  <span className="tabular block font-semibold" title={t('points', { count: points })}>{`+${formatCount(locale, points)}`}</span>
                  <span className="mt-1 block h-1 rounded-full bg-raised" aria-hidden="true">
                    <span className="ml-auto block h-full rounded-full bg-warn" style={{ width: `${(points / most) * 100}%` }} />
                  </span>
                </div>
                <div className="min-w-0 flex-1">
                  <p className="break-words">{reason}</p>
                  <p className="flex flex-wrap gap-x-3 font-mono text-2xs text-ink-3">
                    <span>{rule}</span>
                    {shown.map((resource) => (
                      <span key={resource} className="max-w-full truncate text-ink-2" title={resource}>
                        {resource}
                      </span>
                    ))}
                    {rest > 0 && <span className="font-sans">{t('moreResources', { count: rest })}</span>}
                  </p>
                </div>
              </li>
            );
          })}
        </ul>
      </Card>
    </Section>
  );
}
