import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { styleAnsi } from '@/lib/ansi';
import { dateFormat } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { cx } from '@/ui/cx';
import { useExecutionMessages } from './messages';
import type { ShownLine } from './outputLines';

const lineHeight = 18;
const nearEnd = 24;
/** A terminal's eight colours as those of the page that are readable in both themes. */
const colours = ['text-ink-3', 'text-bad', 'text-ok', 'text-warn', 'text-info', 'text-[var(--series-4)]', 'text-[var(--series-3)]', 'text-ink'];

export interface OutputLinesProps {
  lines: readonly ShownLine[];
  /** Stays at the end as lines come. */
  following: boolean;
  wrapped: boolean;
  onFollowingChange: (following: boolean) => void;
}

/** Lines of a terminal; only those in sight are in the document. */
export function OutputLines({ lines, following, wrapped, onFollowingChange }: OutputLinesProps) {
  const t = useExecutionMessages();
  const clock = dateFormat(useLocale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const scroller = useRef<HTMLDivElement>(null);
  // The virtualiser keeps its own state, which the compiler cannot follow; nothing here is memoised through it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 20,
  });
  useEffect(() => {
    if (following && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [following, lines, wrapped]);
  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    if (atEnd !== following) onFollowingChange(atEnd);
  };
  return (
    <div ref={scroller} onScroll={onScroll} className="max-h-[60vh] overflow-auto py-1.5 font-mono text-xs" tabIndex={0} role="log" aria-label={t('output')} aria-live="off">
      <div className={cx('relative', !wrapped && 'w-max min-w-full')} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          return (
            line && (
              <div
                key={item.key}
                data-index={item.index}
                ref={wrapped ? virtual.measureElement : undefined}
                className={cx('flex gap-3 px-3 leading-[18px] hover:bg-raised', wrapped ? 'absolute inset-x-0' : 'absolute left-0 min-w-full w-max', line.stream === 'err' && 'bg-warn-soft')}
                style={{ top: item.start }}
              >
                <time dateTime={line.at} className="shrink-0 text-ink-3 select-none">
                  {clock.format(Date.parse(line.at))}
                </time>
                {line.stream === 'err' && <span className="sr-only">{t('errorStream')}</span>}
                <span className={wrapped ? 'min-w-0 break-words whitespace-pre-wrap' : 'whitespace-pre'}>
                  {styleAnsi(line.text).map((run, index) => (
                    <span key={index} className={cx(run.colour !== null && colours[run.colour], run.bold && 'font-semibold', run.dim && 'text-ink-3')}>
                      {run.text}
                    </span>
                  ))}
                </span>
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
