import type { ReactNode } from 'react';
import { useJobsMessages } from '../messages';
import { useTimelineMessages } from './messages';

const Entry = ({ mark, children }: { mark: ReactNode; children: ReactNode }) => (
  <li className="inline-flex items-center gap-1.5">
    <svg width={16} height={12} aria-hidden="true">
      {mark}
    </svg>
    {children}
  </li>
);

/** What shapes and colours of the timeline mean. */
export function Legend() {
  const t = useTimelineMessages();
  const jobs = useJobsMessages();
  return (
    <ul aria-label={t('legend')} className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      <Entry mark={<rect width={16} height={12} className="fill-ok" />}>{jobs('state.succeeded')}</Entry>
      <Entry
        mark={
          <>
            <rect width={16} height={12} className="fill-bad" />
            <path d="M-2 12L10 0M3 12L15 0M8 12L20 0" className="stroke-surface" />
          </>
        }
      >
        {t('failures')}
      </Entry>
      <Entry mark={<rect width={16} height={12} className="fill-info" />}>{jobs('state.running')}</Entry>
      <Entry mark={<rect x={0.5} y={0.5} width={15} height={11} fill="none" className="stroke-line-strong" />}>{jobs('state.cancelled')}</Entry>
      <Entry mark={<path d="M8 0L13 6L8 12L3 6Z" className="fill-bad" />}>{jobs('outcome.missed')}</Entry>
      <Entry mark={<circle cx={8} cy={6} r={4} fill="none" strokeWidth={1.5} className="stroke-warn" />}>{jobs('outcome.skipped')}</Entry>
      <Entry mark={<path d="M8 1V11" strokeWidth={1.5} className="stroke-line-strong" />}>{jobs('outcome.coalesced')}</Entry>
    </ul>
  );
}
