import { Link } from '@tanstack/react-router';
import type { FileChange, RunReport } from '@/api/runsContracts';
import { visibleText } from '@/lib/visibleText';
import { Card, Section } from '@/ui/Page';
import { Budgets } from '../usage/Budgets';
import { ChangeMarks } from '../changes/ChangeMarks';
import { useDetailMessages } from '../messages';
import { RunFacts } from '../RunFacts';
import { Notes, ResultCard } from './Notes';
import { RiskCard } from './RiskCard';
import { Tiles } from './Tiles';
import { ToolsCard } from './ToolsCard';

const mostFiles = 8;

/** Unattributed changes first, then those of the most lines. */
function telling(changes: readonly FileChange[]): FileChange[] {
  const size = (change: FileChange) => (change.linesAdded ?? 0) + (change.linesRemoved ?? 0);
  return [...changes].sort((a, b) => Number(a.attributed) - Number(b.attributed) || size(b) - size(a)).slice(0, mostFiles);
}

function TopChanges({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const changes = run.changes ?? [];
  if (changes.length === 0) return null;
  const all = (
    <Link to="/runs/$id" params={{ id: run.id }} search={{ tab: 'changes' }} resetScroll={false} className="rounded text-accent hover:underline">
      {t('allChanges')}
    </Link>
  );
  return (
    <Section title={t('topChanges')} note={all}>
      <Card>
        <ul>
          {telling(changes).map((change) => (
            <li key={change.path} className="flex items-center gap-3 border-b border-line px-4 py-2 last:border-0">
              <Link to="/runs/$id" params={{ id: run.id }} search={{ tab: 'changes', file: change.path }} resetScroll={false} className="min-w-0 flex-1 truncate rounded font-mono text-xs hover:underline" title={change.path}>
                {visibleText(change.path)}
              </Link>
              <ChangeMarks change={change} />
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}

/** A run, readable in ten seconds. */
export function SummaryTab({ run }: { run: RunReport }) {
  return (
    <>
      <Tiles run={run} />
      <div className="grid grid-cols-1 gap-x-6 lg:grid-cols-2">
        <div className="min-w-0">
          {run.risk && <RiskCard risk={run.risk} />}
          <Notes run={run} />
          <TopChanges run={run} />
        </div>
        <div className="min-w-0">
          <ResultCard run={run} />
          <Budgets run={run} />
          {(run.tools ?? []).length > 0 && <ToolsCard tools={run.tools ?? []} />}
        </div>
      </div>
      <RunFacts run={run} />
    </>
  );
}
