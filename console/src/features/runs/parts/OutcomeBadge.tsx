import { Ban, CircleAlert, CircleCheck, CircleDashed, CircleHelp, Clock, Coins, Loader, MemoryStick, type LucideIcon } from 'lucide-react';
import type { OutcomeReason } from '@/api/runsContracts';
import { cx } from '@/ui/cx';
import { useRunsMessages } from '../messages';

const ok = 'bg-ok-soft text-ok';
const bad = 'bg-bad-soft text-bad';
const warn = 'bg-warn-soft text-warn';
const off = 'bg-raised text-ink-2';

const looks: Record<OutcomeReason, [string, LucideIcon]> = {
  completed: [ok, CircleCheck],
  failed: [bad, CircleAlert],
  agent_error: [bad, CircleAlert],
  memory_limit: [bad, MemoryStick],
  kernel_oom: [bad, MemoryStick],
  budget_tokens: [bad, Coins],
  budget_usd: [bad, Coins],
  budget_minutes: [bad, Clock],
  budget_turns: [bad, Coins],
  hang_after_result: [warn, Clock],
  stalled: [bad, Clock],
  signal: [bad, CircleAlert],
  interrupted: [off, Ban],
  not_started: [bad, CircleAlert],
  incomplete: [warn, CircleDashed],
  running: ['bg-info-soft text-info', Loader],
};

/** How a run ended, in a word, a colour and an icon; for what went wrong the word is the reason. */
export function OutcomeBadge({ outcome }: { outcome: string }) {
  const t = useRunsMessages();
  const isKnown = outcome in looks;
  const [className, Icon] = isKnown ? looks[outcome as OutcomeReason] : ([off, CircleHelp] as const);
  return (
    <span className={cx('inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap', className)}>
      <Icon size={12} aria-hidden="true" className={outcome === 'running' ? 'animate-spin [animation-duration:2s]' : undefined} />
      {isKnown ? t(`outcome.${outcome as OutcomeReason}`) : outcome}
    </span>
  );
}
