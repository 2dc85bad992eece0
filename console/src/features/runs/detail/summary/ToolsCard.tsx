import type { ToolUse } from '@/api/runsContracts';
import { formatCount, formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { DataTable, type Column } from '@/ui/DataTable';
import { Card, Section } from '@/ui/Page';
import { useDetailMessages } from '../messages';

/** How often each tool was called, and how that went. */
export function ToolsCard({ tools }: { tools: readonly ToolUse[] }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const count = (value: number, tone: string) => <span className={value > 0 ? `tabular font-medium ${tone}` : 'tabular text-ink-3'}>{value > 0 ? formatCount(locale, value) : '–'}</span>;
  const columns: Column<ToolUse>[] = [
    { id: 'tool', header: t('tool'), cell: (tool) => <span className="font-mono text-xs break-all">{tool.name}</span>, sortBy: (tool) => tool.name },
    { id: 'calls', header: t('toolCalls'), numeric: true, cell: (tool) => <span className="tabular">{formatCount(locale, tool.calls)}</span>, sortBy: (tool) => tool.calls },
    { id: 'failed', header: t('toolFailed'), numeric: true, cell: (tool) => count(tool.failed, 'text-bad'), sortBy: (tool) => tool.failed },
    { id: 'denied', header: t('toolDenied'), numeric: true, cell: (tool) => count(tool.denied, 'text-warn'), sortBy: (tool) => tool.denied },
    { id: 'time', header: t('toolTime'), numeric: true, cell: (tool) => <span className="tabular whitespace-nowrap">{formatSeconds(locale, tool.durationSeconds ?? 0)}</span>, sortBy: (tool) => tool.durationSeconds ?? 0 },
  ];
  return (
    <Section title={t('tools')}>
      <Card className="overflow-hidden">
        <DataTable label={t('tools')} columns={columns} rows={tools} rowKey={(tool) => tool.name} />
      </Card>
    </Section>
  );
}
