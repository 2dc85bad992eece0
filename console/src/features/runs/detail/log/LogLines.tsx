import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { dateFormat } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useRowKeys } from '@/lib/useRowKeys';
import { visibleText } from '@/lib/visibleText';
import { cx } from '@/ui/cx';
import { useLogMessages } from './messages';
import { brief, type LogLevel, type LogLine } from './logLines';

const lineHeight = 24;
const looks: Record<LogLevel, [typeof Info, string, string]> = {
  debug: [Info, 'text-ink-3', ''],
  info: [Info, 'text-info', ''],
  warning: [TriangleAlert, 'text-warn', 'bg-warn-soft'],
  error: [CircleAlert, 'text-bad', 'bg-bad-soft'],
};

function Row({ line, open, onToggle }: { line: LogLine; open: boolean; onToggle: () => void }) {
  const t = useLogMessages();
  const clock = dateFormat(useLocale(), { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
  const [Icon, colour, surface] = looks[line.level];
  const hasMore = line.rest.length > 0;
  return (
    <div className={cx('border-b border-line', surface)}>
      <div
        data-row={line.number}
        tabIndex={-1}
        role="button"
        aria-expanded={hasMore ? open : undefined}
        className="flex min-h-6 cursor-default gap-2.5 px-3 py-0.5 font-mono text-xs leading-5 hover:bg-raised focus-visible:-outline-offset-2"
        onClick={hasMore ? onToggle : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !hasMore) return;
          event.preventDefault();
          onToggle();
        }}
      >
        <span className="w-24 shrink-0 text-ink-3">{line.at === null ? '' : clock.format(Date.parse(line.at))}</span>
        <Icon size={13} className={cx('mt-1 shrink-0', colour)} role="img" aria-label={t(`level.${line.level}`)} />
        <span className={cx('min-w-0 flex-1', open ? 'break-words whitespace-pre-wrap' : 'truncate')}>
          {visibleText(line.message)}
          {!open && <span className="ml-3 text-ink-3">{brief(line)}</span>}
        </span>
      </div>
      {open && (
        <dl aria-label={t('fields')} className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 px-3 pb-2 pl-[7.6rem] font-mono text-xs">
          {line.rest.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="break-words">{visibleText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** Lines of the log; only those in sight are in the document. `onEnd` is called when the last ones come into sight. */
export function LogLines({ lines, onEnd }: { lines: readonly LogLine[]; onEnd: () => void }) {
  const t = useLogMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  useRowKeys(scroller);
  // The virtualiser keeps its own state, which the compiler cannot follow; nothing here is memoised through it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => lineHeight, getItemKey: (index) => lines[index]?.number ?? index, overscan: 16 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= lines.length - 40) onEnd();
  }, [last, lines.length, onEnd]);
  const toggle = (number: number) => setOpened((now) => new Set(now.has(number) ? [...now].filter((other) => other !== number) : [...now, number]));
  return (
    <div ref={scroller} tabIndex={0} role="region" aria-label={t('label')} className="max-h-[max(calc(100vh-290px),360px)] overflow-auto">
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index];
          return (
            line && (
              <div key={item.key} data-index={item.index} ref={virtual.measureElement} className="absolute inset-x-0" style={{ top: item.start }}>
                <Row line={line} open={opened.has(line.number)} onToggle={() => toggle(line.number)} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
