import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { toBase64 } from '@/lib/bytes';
import { formatDateTime } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { cx } from '@/ui/cx';
import { proofSteps, type ProofReport, type ProofStep } from './check';
import { useProofMessages } from './messages';

const icons = { holds: CircleCheck, fails: CircleX, missing: CircleHelp, unable: CircleHelp };
const colours = { holds: 'text-ok', fails: 'text-bad', missing: 'text-warn', unable: 'text-warn' };

function Hash({ bytes, className }: { bytes: Uint8Array; className?: string }) {
  return <code className={cx('font-mono text-xs break-all', className)}>{toBase64(bytes)}</code>;
}

/** The way from the leaf to the root, hash by hash. */
function Way({ report }: { report: ProofReport }) {
  const t = useProofMessages();
  const last = report.path.length - 1;
  return (
    <details className="mt-1">
      <summary className="w-fit rounded text-xs text-accent">{t('pathShow')}</summary>
      <ol className="mt-2 border-l border-line pl-3">
        <li className="py-1">
          <span className="mr-2 text-xs text-ink-3">{t('start')}</span>
          <Hash bytes={report.leaf} />
        </li>
        {report.path.map(({ side, neighbour, result }, index) => (
          <li key={index} className="py-1">
            <div>
              <span className="mr-2 inline-block min-w-11 rounded bg-raised px-1.5 text-center text-xs font-medium text-ink-2" title={t('neighbour', { side: t(side) })}>
                {t(side)}
              </span>
              <Hash bytes={neighbour} className="text-ink-3" />
            </div>
            <div>
              <span className="mr-2 text-xs text-ink-3">{t(index === last ? 'root' : 'together')}</span>
              <Hash bytes={result} />
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The steps of a proof, each with what it came to. */
export function ProofSteps({ report, size, sequence, treeSize, noteText }: { report: ProofReport; size: number; sequence: number; treeSize: number; noteText: string | null }) {
  const t = useProofMessages();
  const locale = useLocale();
  const details: Record<ProofStep, ReactNode> = {
    shown: report.differing === null ? t('shownNone') : report.differing.length === 0 ? t('shownDetail', { count: size }) : t('shownDiffers', { members: report.differing.join(', ') }),
    leaf: (
      <>
        <span className="block">{t('leafDetail')}</span>
        <Hash bytes={report.leaf} />
      </>
    ),
    path: (
      <>
        <span className="block">{t('pathDetail', { sequence, size: treeSize, count: report.path.length })}</span>
        {report.root && <Hash bytes={report.root} />}
        <Way report={report} />
      </>
    ),
    checkpoint: report.checkpoint ? (
      <>
        <span className="block">{t('checkpointDetail', { origin: report.checkpoint.origin, size: Number(report.checkpoint.size) })}</span>
        <Hash bytes={report.checkpoint.root} />
      </>
    ) : (
      t('checkpointNone')
    ),
    signature: (
      <>
        <span className="block">
          {report.key
            ? t('signatureDetail', { key: report.key.keyId, time: formatDateTime(locale, Date.parse(report.key.createdAt)) })
            : t(report.states.signature === 'unable' ? 'signatureUnable' : report.states.signature === 'missing' ? 'checkpointNone' : 'signatureNone')}
        </span>
        {noteText !== null && (
          <details className="mt-1">
            <summary className="w-fit rounded text-xs text-accent">{t('showNote')}</summary>
            <pre className="mt-2 overflow-x-auto rounded-md border border-line bg-raised p-3 font-mono text-xs break-all whitespace-pre-wrap" tabIndex={0}>{noteText}</pre>
          </details>
        )}
      </>
    ),
  };
  return (
    <ol>
      {proofSteps.map((step) => {
        const state = report.states[step];
        const Icon = icons[state];
        return (
          <li key={step} className={cx('flex gap-3 border-b border-line px-4 py-2.5 last:border-0', state === 'fails' && 'bg-bad-soft')}>
            <Icon size={17} className={cx('mt-0.5 shrink-0', colours[state])} aria-hidden="true" />
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{t(step)}</span>
                <span className={cx('text-xs font-medium', colours[state])}>{t(state)}</span>
              </div>
              <div className="text-ink-2">{details[step]}</div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
