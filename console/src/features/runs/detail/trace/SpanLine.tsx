import { Link } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { formatSeconds } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { visibleText } from '@/lib/visibleText';
import { cx } from '@/ui/cx';
import { useTraceMessages } from './messages';
import { placeOfBar, type Span, type SpanKind, type SpanRow, type Trace } from './spans';

/** A colour of the series' palette for each kind; the failed have their own, and an icon. */
export const kindColours: Record<SpanKind, string> = { run: 'var(--series-11)', agent: 'var(--series-8)', model: 'var(--series-1)', tool: 'var(--series-3)', other: 'var(--series-10)' };
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
/** From here on, what a span took stands before its bar and not behind it. */
const late = 0.82;

function Details({ runId, span, start }: { runId: string; span: Span; start: number }) {
  const t = useTraceMessages();
  const locale = useLocale();
  const facts: [string, string][] = [
    [t('from'), formatSeconds(locale, start)],
    [t('took'), formatSeconds(locale, (span.endMs - span.startMs) / 1000)],
    [t('spanId'), span.id],
    ...(span.message === null ? [] : [[t('status'), span.message] as [string, string]]),
  ];
  return (
    <div className="border-t border-line bg-bg px-4 py-2.5">
      <dl aria-label={t('details')} className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 font-mono text-xs leading-5">
        {[...facts, ...span.attributes].map(([name, value], index) => (
          <div key={index} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="break-words whitespace-pre-wrap">{visibleText(value)}</dd>
          </div>
        ))}
      </dl>
      {span.call !== null && (
        <Link to="/runs/$id" params={{ id: runId }} search={{ tab: 'timeline', call: span.call }} resetScroll={false} className="mt-1.5 inline-block rounded text-xs text-accent hover:underline">
          {t('inTimeline')}
        </Link>
      )}
    </div>
  );
}

export interface SpanLineProps {
  runId: string;
  row: SpanRow;
  index: number;
  trace: Trace;
  open: boolean;
  onToggle: () => void;
}

/** One span: its name, and a bar where it lies in the time of the whole. */
export function SpanLine({ runId, row, index, trace, open, onToggle }: SpanLineProps) {
  const t = useTraceMessages();
  const locale = useLocale();
  const { span, depth } = row;
  const { left, width } = placeOfBar(trace, span);
  const start = (span.startMs - trace.startMs) / 1000;
  const duration = formatSeconds(locale, (span.endMs - span.startMs) / 1000);
  const before = left + width > late;
  return (
    <div className={cx('border-b border-line', open && 'bg-accent-soft')}>
      <div
        data-row={index}
        tabIndex={-1}
        role="button"
        aria-expanded={open}
        className="grid min-h-7 cursor-default grid-cols-[minmax(190px,34%)_minmax(0,1fr)] items-center hover:bg-raised focus-visible:-outline-offset-2"
        onClick={onToggle}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
          event.preventDefault();
          onToggle();
        }}
      >
        <span className="flex min-w-0 items-center gap-1.5 pr-2" style={{ paddingLeft: 12 + depth * 14 }} title={span.name}>
          <span className="size-2 shrink-0 rounded-xs" role="img" aria-label={t(`kind.${span.kind}`)} style={{ background: kindColours[span.kind] }} />
          <span className="truncate font-mono text-xs">{visibleText(span.name)}</span>
          {span.failed && <CircleAlert size={13} className="shrink-0 text-bad" role="img" aria-label={t('failed')} />}
        </span>
        <span className="relative mr-3 block h-full">
          <span className="sr-only">{t('placed', { start: formatSeconds(locale, start), duration })}</span>
          <span aria-hidden="true" className={cx('absolute inset-y-1.5 min-w-0.5 rounded-xs', span.failed && 'ring-1 ring-bad')} style={{ left: percent(left), width: percent(width), background: span.failed ? 'var(--bad)' : kindColours[span.kind] }} />
          <span
            aria-hidden="true"
            className={cx('tabular absolute inset-y-0 flex items-center px-1.5 text-2xs whitespace-nowrap', width > 0.5 ? 'text-surface' : 'text-ink-2')}
            style={width > 0.5 ? { left: percent(left) } : before ? { right: percent(1 - left) } : { left: percent(left + width) }}
          >
            {duration}
          </span>
        </span>
      </div>
      {open && <Details runId={runId} span={span} start={start} />}
    </div>
  );
}
