import { Activity, Bot, ChevronRight, Cog, Flag, Info, Lightbulb, MessageSquareText, ShieldX, Wrench, type LucideIcon } from 'lucide-react';
import { timelineKinds, type TimelineEntry, type TimelineKind } from '@/api/runsContracts';
import { formatTokens } from '@/features/runs/parts/money';
import { formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Badge } from '@/ui/Badge';
import { visibleText } from '@/lib/visibleText';
import { cx } from '@/ui/cx';
import { useTimelineMessages } from './messages';
import { isSpoken, offsetText, readable, wordsOf, type TimelineRow } from './rows';

const icons: Record<TimelineKind, [LucideIcon, string]> = {
  session: [Bot, 'text-ink-3'],
  text: [MessageSquareText, 'text-accent'],
  thinking: [Lightbulb, 'text-ink-3'],
  tool: [Wrench, 'text-ink-2'],
  result: [Flag, 'text-accent'],
  note: [Info, 'text-ink-3'],
  runner: [Cog, 'text-ink-3'],
  denial: [ShieldX, 'text-warn'],
  sample: [Activity, 'text-ink-3'],
};
const kindOf = (kind: string): TimelineKind | undefined => timelineKinds.find((known) => known === kind);

function Outcome({ outcome }: { outcome: string | null }) {
  const t = useTimelineMessages();
  if (outcome === 'failed') return <Badge tone="bad">{t('outcome.failed')}</Badge>;
  if (outcome === 'denied') return <Badge tone="warn">{t('outcome.denied')}</Badge>;
  return outcome === 'unanswered' ? <Badge tone="off">{t('outcome.unanswered')}</Badge> : null;
}

function Details({ entry }: { entry: TimelineEntry }) {
  const look = isSpoken(entry) ? 'max-w-[90ch] break-words whitespace-pre-wrap' : 'max-h-96 overflow-auto rounded-md bg-raised px-3 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap';
  return (
    <div className="pt-1 pr-3 pb-3 pl-8 sm:pl-[10.6rem]">
      <div tabIndex={0} role="region" aria-label={entry.title} className={look}>
        {visibleText(readable(entry.detail ?? ''))}
      </div>
    </div>
  );
}

export interface TimelineLineProps {
  row: TimelineRow;
  index: number;
  startedMs: number;
  /** Whether it is the first of its turn. */
  newTurn: boolean;
  open: boolean;
  chosen: boolean;
  onToggle: () => void;
}

/** One thing that happened, in one line; opened it tells the rest. */
export function TimelineLine({ row, index, startedMs, newTurn, open, chosen, onToggle }: TimelineLineProps) {
  const t = useTimelineMessages();
  const locale = useLocale();
  const { entry, depth } = row;
  const kind = kindOf(entry.kind);
  const [Icon, colour] = kind ? icons[kind] : ([Info, 'text-ink-3'] as const);
  const kindName = kind ? t(`kind.${kind}`) : t('kind.other', { kind: entry.kind });
  const words = wordsOf(entry);
  const outcome = entry.kind === 'denial' ? 'denied' : (entry.outcome ?? null);
  const seconds = entry.durationSeconds ?? null;
  const offset = !entry.at ? null : Math.max(0, (Date.parse(entry.at) - startedMs) / 1000);
  const hasMore = Boolean(entry.detail);
  const problem = outcome === 'denied' ? 'border-l-warn' : outcome === 'failed' ? 'border-l-bad' : 'border-l-transparent';
  return (
    <div className={cx('border-b border-l-2 border-b-line', problem, chosen && 'bg-accent-soft')}>
      <div
        data-row={index}
        tabIndex={-1}
        aria-expanded={hasMore ? open : undefined}
        role="button"
        className="flex min-h-8 cursor-default items-center gap-2 py-0.5 pr-3 pl-2 hover:bg-bg focus-visible:-outline-offset-2"
        onClick={hasMore ? onToggle : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !hasMore) return;
          event.preventDefault();
          onToggle();
        }}
      >
        <span className="tabular w-16 shrink-0 text-right font-mono text-2xs text-ink-3" title={entry.at ?? undefined}>{offset === null ? '–' : `+${offsetText(offset)}`}</span>
        <span className="w-14 shrink-0 text-2xs text-ink-3 max-sm:hidden">{newTurn && entry.turn ? t('turn', { turn: entry.turn }) : ''}</span>
        {depth > 0 && <span className="flex shrink-0 self-stretch" role="img" aria-label={t('inSubagent')}>{Array.from({ length: depth }, (_, level) => <span key={level} className="ml-2 w-2 border-l-2 border-line-strong" />)}</span>}
        <ChevronRight size={13} aria-hidden="true" className={cx('shrink-0 text-ink-3 transition-transform', open && 'rotate-90', !hasMore && 'invisible')} />
        <Icon size={14} role="img" aria-label={kindName} className={cx('shrink-0', colour)} />
        <span className="flex min-w-0 flex-1 items-baseline gap-2" title={entry.title}>
          {words.tool && <span className="shrink-0 font-mono text-xs font-semibold">{words.tool}</span>}
          <span className={cx('truncate', words.more && 'shrink-0 max-w-[60%]', entry.kind === 'thinking' && 'text-ink-2 italic', entry.kind === 'tool' && 'font-mono text-xs')}>{visibleText(words.line)}</span>
          {words.more && <span className="min-w-0 truncate text-ink-3">{visibleText(words.more)}</span>}
        </span>
        <Outcome outcome={outcome} />
        {entry.tokens ? <span className="tabular shrink-0 text-2xs text-ink-3 max-md:hidden">{t('tokens', { tokens: formatTokens(locale, entry.tokens) })}</span> : null}
        <span className="tabular w-16 shrink-0 text-right text-xs text-ink-2">{seconds === null ? '' : formatSeconds(locale, seconds)}</span>
      </div>
      {open && hasMore && <Details entry={entry} />}
    </div>
  );
}
