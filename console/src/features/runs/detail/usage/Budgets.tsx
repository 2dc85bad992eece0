import type { RunReport } from '@/api/runsContracts';
import { formatTokens, formatUsd } from '@/features/runs/parts/money';
import { formatCount, numberFormat } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Meter } from '@/ui/Meter';
import { Card, Section } from '@/ui/Page';
import { useDetailMessages } from '../messages';

const kinds = ['tokens', 'usd', 'minutes', 'turns'] as const;

/** The budgets that were set, and what was used of them. */
export function Budgets({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const set = kinds.flatMap((kind) => {
    const line = run.budget?.[kind];
    return line ? [{ kind, ...line }] : [];
  });
  if (set.length === 0) return null;
  const write = (kind: (typeof kinds)[number], value: number) => {
    if (kind === 'usd') return formatUsd(locale, value);
    if (kind === 'tokens') return formatTokens(locale, value);
    return kind === 'turns' ? formatCount(locale, value) : numberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  };
  return (
    <Section title={t('budgets')}>
      <Card className="space-y-3 p-4">
        {set.map(({ kind, limit, used }) => (
          <div key={kind}>
            <div className="mb-1 flex justify-between gap-3">
              <span>{t(`budget.${kind}`)}</span>
              <span className="tabular text-ink-2">{t('budgetOf', { used: write(kind, used), limit: write(kind, limit) })}</span>
            </div>
            <Meter ratio={limit > 0 ? used / limit : 0} label={t(`budget.${kind}`)} />
          </div>
        ))}
      </Card>
    </Section>
  );
}
