import { Ban, CircleAlert, CircleCheck, CircleDashed, CircleHelp, Clock, Hourglass, Loader, SkipForward, TriangleAlert, Combine, type LucideIcon } from 'lucide-react';
import type { FireOutcome, RunState } from '@/api/jobsContracts';
import { cx } from '@/ui/cx';
import { useJobsMessages } from '../messages';

const looks: Record<RunState, [string, LucideIcon]> = {
  scheduled: ['bg-raised text-ink-2', Hourglass],
  running: ['bg-info-soft text-info', Loader],
  succeeded: ['bg-ok-soft text-ok', CircleCheck],
  failed: ['bg-bad-soft text-bad', CircleAlert],
  timedOut: ['bg-bad-soft text-bad', Clock],
  cancelled: ['bg-raised text-ink-2', Ban],
  abandoned: ['bg-bad-soft text-bad', TriangleAlert],
  lost: ['bg-bad-soft text-bad', CircleHelp],
};
const outcomeLooks: Record<FireOutcome, [string, LucideIcon]> = {
  ran: ['bg-ok-soft text-ok', CircleCheck],
  late: ['bg-warn-soft text-warn', Clock],
  coalesced: ['bg-raised text-ink-2', Combine],
  skipped: ['bg-warn-soft text-warn', SkipForward],
  missed: ['bg-bad-soft text-bad', CircleAlert],
  pending: ['bg-raised text-ink-2', CircleDashed],
};
const shape = 'inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap';

/** How a run stands, in a word, a colour and an icon. */
export function StateBadge({ state }: { state: RunState }) {
  const t = useJobsMessages();
  const [className, Icon] = looks[state];
  return (
    <span className={cx(shape, className)}>
      <Icon size={12} aria-hidden="true" className={state === 'running' ? 'animate-spin [animation-duration:2s]' : undefined} />
      {t(`state.${state}`)}
    </span>
  );
}

/** What became of a time at which a job was to run. */
export function OutcomeBadge({ outcome }: { outcome: FireOutcome }) {
  const t = useJobsMessages();
  const [className, Icon] = outcomeLooks[outcome];
  return (
    <span className={cx(shape, className)}>
      <Icon size={12} aria-hidden="true" />
      {t(`outcome.${outcome}`)}
    </span>
  );
}
