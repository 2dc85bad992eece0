import { EyeOff, Scissors } from 'lucide-react';
import type { AuditCut } from '@/api/auditContracts';
import { formatBytes } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { cx } from '@/ui/cx';
import { Tooltip } from '@/ui/Tooltip';
import type { Mark } from './marks';
import { useDiffMessages } from './messages';
import type { Line } from './rows';
import type { Segment } from './segments';

const markClass = 'ml-2 inline-flex items-center gap-1 rounded bg-warn-soft px-1.5 font-sans text-2xs font-medium whitespace-nowrap text-warn';

function MarkBadges({ mark, onCompare }: { mark: Mark; onCompare: (cut: AuditCut) => void }) {
  const t = useDiffMessages();
  const locale = useLocale();
  const { cut, erased } = mark;
  return (
    <>
      {cut && (
        <Tooltip text={<span className="break-words">{cut.sha256 === null ? t('cutDeep') : t('cutTip', { sha256: cut.sha256 })}</span>}>
          <button type="button" className={cx(markClass, 'hover:underline')} onClick={() => cut.sha256 !== null && onCompare(cut)}>
            <Scissors size={11} aria-hidden="true" />
            {t(cut.ofName ? 'cutName' : 'cut', { size: formatBytes(locale, cut.length) })}
          </button>
        </Tooltip>
      )}
      {erased && (
        <Tooltip text={t('erasedTip', { rule: erased.rule })}>
          <span tabIndex={0} className={markClass}>
            <EyeOff size={11} aria-hidden="true" />
            {t('erased')}
          </span>
        </Tooltip>
      )}
    </>
  );
}

export interface DiffLineProps {
  line: Line | null;
  tone: 'same' | 'removed' | 'added';
  segments: readonly Segment[];
  mark: Mark | undefined;
  onCompare: (cut: AuditCut) => void;
}

const backgrounds = { same: '', removed: 'bg-bad-soft', added: 'bg-ok-soft' };
const strong = { same: '', removed: 'rounded-xs bg-bad/25', added: 'rounded-xs bg-ok/25' };

/** One line of one side. */
export function DiffLine({ line, tone, segments, mark, onCompare }: DiffLineProps) {
  const t = useDiffMessages();
  if (line === null) return <div role="cell" className="h-full bg-raised/60" />;
  return (
    <div role="cell" className={cx('grid h-full grid-cols-[2.75rem_1.25rem_minmax(0,1fr)]', backgrounds[tone])}>
      <span className="pr-2 text-right text-ink-3 tabular select-none">{line.number}</span>
      <span className={cx('select-none', tone === 'removed' ? 'text-bad' : 'text-ok')}>
        {tone !== 'same' && <span className="sr-only">{t(tone)}</span>}
        <span aria-hidden="true">{tone === 'removed' ? '−' : tone === 'added' ? '+' : ''}</span>
      </span>
      <span className="pr-2 break-words whitespace-pre-wrap [overflow-wrap:anywhere]" style={{ paddingLeft: `${line.indent * 2}ch` }}>
        {line.name !== null && <span className="text-ink-2">{`${JSON.stringify(line.name)}: `}</span>}
        {segments.map((segment, index) =>
          'omitted' in segment ? (
            <span key={index} className="rounded bg-raised px-1 font-sans text-2xs text-ink-2">{t('omitted', { count: segment.omitted })}</span>
          ) : (
            <span key={index} className={segment.changed ? strong[tone] : undefined}>
              {segment.text}
            </span>
          ),
        )}
        {line.comma && ','}
        {mark && <MarkBadges mark={mark} onCompare={onCompare} />}
      </span>
    </div>
  );
}
