import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Reconciliation, UsageDifference } from '@/api/runsContracts';
import { useRunsMessages, type RunsKey } from '@/features/runs/messages';
import { formatCount, numberFormat } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { DataTable, type Column } from '@/ui/DataTable';
import { Card, Section } from '@/ui/Page';
import { useUsageMessages } from './messages';
import { ModelTable } from './ModelTable';

const kindKeys: Partial<Record<string, RunsKey>> = { input: 'tokens.input', output: 'tokens.output', cache_read: 'tokens.cacheRead', cache_creation: 'tokens.cacheCreation' };

function Verdict({ account }: { account: Reconciliation }) {
  const t = useUsageMessages();
  const differences = account.differences?.length ?? 0;
  const [Icon, tone, text] =
    account.agrees === null || account.agrees === undefined
      ? ([Info, 'text-ink-3', t('noAccount')] as const)
      : account.agrees
        ? ([CircleCheck, 'text-ok', t('agrees')] as const)
        : ([TriangleAlert, 'text-warn', t('differs', { count: differences })] as const);
  return (
    <p className="flex gap-2 px-4 py-3">
      <Icon size={16} className={`mt-0.5 shrink-0 ${tone}`} aria-hidden="true" />
      {text}
    </p>
  );
}

/** What was counted beside what the agent says, in words and, where they differ, in figures. */
export function ReconciliationCard({ account }: { account: Reconciliation }) {
  const t = useUsageMessages();
  const runs = useRunsMessages();
  const locale = useLocale();
  const signed = numberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 0 });
  const count = (value: number) => <span className="tabular">{formatCount(locale, value)}</span>;
  const columns: Column<UsageDifference>[] = [
    { id: 'model', header: t('model'), cell: ({ model }) => <span className="font-mono text-xs break-all">{model}</span> },
    {
      id: 'kind',
      header: t('kind'),
      cell: ({ kind }) => {
        const key = kindKeys[kind];
        return key ? runs(key) : kind;
      },
    },
    { id: 'counted', header: t('counted'), numeric: true, cell: ({ counted }) => count(counted) },
    { id: 'reported', header: t('reported'), numeric: true, cell: ({ reported }) => count(reported) },
    { id: 'difference', header: t('difference'), numeric: true, cell: ({ counted, reported }) => <span className="tabular font-medium text-warn">{signed.format(counted - reported)}</span> },
  ];
  const differences = account.differences ?? [];
  const telemetry = account.telemetry ?? [];
  return (
    <>
      <Section title={t('reconciliation')}>
        <Card className="overflow-hidden">
          <Verdict account={account} />
          {differences.length > 0 && (
            <div className="border-t border-line">
              <DataTable label={t('reconciliation')} columns={columns} rows={differences} rowKey={({ model, kind }) => `${model} ${kind}`} />
            </div>
          )}
        </Card>
      </Section>
      {telemetry.length > 0 && (
        <Section title={t('telemetry')}>
          <Card className="overflow-hidden">
            <ModelTable label={t('telemetry')} models={telemetry} />
          </Card>
        </Section>
      )}
    </>
  );
}
