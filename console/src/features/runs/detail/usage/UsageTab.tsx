import type { RunReport } from '@/api/runsContracts';
import { Card, Section } from '@/ui/Page';
import { EmptyState } from '@/ui/States';
import { Budgets } from './Budgets';
import { useUsageMessages } from './messages';
import { ModelTable } from './ModelTable';
import { ReconciliationCard } from './ReconciliationCard';

/** Tokens and money, and whether the agent's own account agrees. */
export function UsageTab({ run }: { run: RunReport }) {
  const t = useUsageMessages();
  const { usage } = run;
  if (!usage || (usage.models.length === 0 && usage.totalTokens === 0)) {
    return (
      <>
        <Card className="mb-6"><EmptyState title={t('empty')} detail={t('emptyDetail')} /></Card>
        <Budgets run={run} />
      </>
    );
  }
  const source = (['reported', 'prices', 'mixed', 'none'] as const).find((known) => known === usage.costSource);
  const messages = usage.messages ?? 0;
  const note = [source && t(`source.${source}`), messages > 0 && t('hits', { hits: usage.cacheHits ?? 0, count: messages })].filter(Boolean);
  return (
    <>
      <Section title={t('models')} note={note.map((part) => <span key={String(part)} className="mr-3 inline-block">{part}</span>)}>
        <Card className="overflow-hidden">
          <ModelTable label={t('models')} models={usage.models} costUsd={usage.costUsd} />
        </Card>
      </Section>
      {usage.reconciliation && <ReconciliationCard account={usage.reconciliation} />}
      <Budgets run={run} />
    </>
  );
}
