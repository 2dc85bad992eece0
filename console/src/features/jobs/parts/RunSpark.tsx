import { runStates, type RecentRun, type RunState } from '@/api/jobsContracts';
import { formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Tooltip } from '@/ui/Tooltip';
import { useJobsMessages } from '../messages';
import { barsOf, sparkHeight, sparkSlots } from './spark';

const fills: Record<RunState, string> = {
  scheduled: 'fill-line-strong', running: 'fill-info', succeeded: 'fill-ok', failed: 'fill-bad', timedOut: 'fill-bad', cancelled: 'fill-line-strong', abandoned: 'fill-bad', lost: 'fill-bad',
};
const pitch = 3.5;

/** The last thirty runs as bars: as high as they took long, failures from top to bottom. */
export function RunSpark({ runs }: { runs: readonly RecentRun[] }) {
  const t = useJobsMessages();
  const locale = useLocale();
  if (runs.length === 0) return <span className="text-xs text-ink-3">{t('noRuns')}</span>;
  const counts = runStates.map((state) => [state, runs.filter((run) => run.state === state).length] as const).filter(([, count]) => count > 0);
  const detail = new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' }).format(counts.map(([state, count]) => t('sparkPart', { count, state: t(`state.${state}`) })));
  const label = t('spark', { count: runs.length, detail });
  const longest = Math.max(...runs.map((run) => run.durationMs ?? 0));
  const tip = (
    <span className="block">
      <span className="block">{label}</span>
      {longest > 0 && <span className="block text-ink-2">{`≤ ${formatSeconds(locale, longest / 1000)}`}</span>}
    </span>
  );
  return (
    <Tooltip text={tip}>
      <svg role="img" aria-label={label} width={sparkSlots * pitch} height={sparkHeight} className="block">
        <line x1={0} x2={sparkSlots * pitch} y1={sparkHeight - 0.5} y2={sparkHeight - 0.5} className="stroke-line" />
        {barsOf(runs, pitch).map(({ state, path }) => (
          <path key={state} d={path} className={fills[state]} />
        ))}
      </svg>
    </Tooltip>
  );
}
