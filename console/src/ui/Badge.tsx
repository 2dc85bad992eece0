import { CircleAlert, CircleCheck, CircleDashed, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx';

const tones = {
  ok: { className: 'bg-ok-soft text-ok', Icon: CircleCheck },
  warn: { className: 'bg-warn-soft text-warn', Icon: TriangleAlert },
  bad: { className: 'bg-bad-soft text-bad', Icon: CircleAlert },
  info: { className: 'bg-info-soft text-info', Icon: Info },
  off: { className: 'bg-raised text-ink-2', Icon: CircleDashed },
};
export type Tone = keyof typeof tones;

/** A state in a word, with an icon beside the colour. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const { className, Icon } = tones[tone];
  return (
    <span className={cx('inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap', className)}>
      <Icon size={12} aria-hidden="true" />
      {children}
    </span>
  );
}
