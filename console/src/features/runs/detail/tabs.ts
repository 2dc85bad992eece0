import type { RunReport } from '@/api/runsContracts';
import type { Search } from '@/lib/search';

export const runTabs = ['summary', 'timeline', 'changes', 'denials', 'memory', 'usage', 'trace', 'log', 'files'] as const;
export type RunTab = (typeof runTabs)[number];

/** The part of the page that the address names; the summary where it names none. */
export const readTab = (search: Search): RunTab => runTabs.find((tab) => tab === search['tab']) ?? 'summary';

/** How many things a part holds, where that is known and says something. */
export function countOf(run: RunReport, tab: RunTab): number | null {
  if (tab === 'timeline') return run.timeline?.entries ?? null;
  if (tab === 'changes') return run.changes?.length ?? null;
  if (tab === 'denials') return run.denials?.length ?? null;
  return null;
}
